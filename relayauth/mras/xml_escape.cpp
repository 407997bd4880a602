#include "relayauth/mras/xml_escape.hpp"

#include "relayauth/base/find_octet.hpp"
#include "relayauth/mras/xml_chars.hpp"

#include <algorithm>
#include <cstdint>

namespace relayauth::mras {
namespace {

// ascii_escape gives what stands for `c`, empty if it stands for itself.
std::string_view ascii_escape(char c, bool in_attribute) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\r':
            return "&#13;";
        case '\t':
            return in_attribute ? "&#9;" : "";
        case '\n':
            return in_attribute ? "&#10;" : "";
        default:
            return "\xEF\xBF\xBD";
    }
}

// first_special gives the place of the first octet at or after `at` that needs a look (markup,
// control characters, everything beyond ASCII), or text.size().
std::size_t first_special(std::string_view text, std::size_t at) {
    static_assert(('"' | '&') == '&' && ('<' | '>') == '>');  // two of them in one comparison
    return find_octet(text, at, [](auto octet) {
        return (octet < 0x20) | (octet >= 0x80) | ((octet | ('"' ^ '&')) == '&') |
               ((octet | ('<' ^ '>')) == '>');
    });
}

void append_escaped(text_buffer& out, std::string_view text, bool in_attribute) {
    auto at = first_special(text, 0);
    if (at == text.size()) return out.put(text);
    std::size_t copied = 0;  // everything before is in `out`
    for (; at < text.size(); at = first_special(text, at)) {
        const auto c = code_point_at(text, at);
        const std::size_t length = c.length == 0 ? 1 : c.length;
        std::string_view escape = "\xEF\xBF\xBD";
        if (c.length == 1) escape = ascii_escape(text[at], in_attribute);
        if (c.length > 1 && is_xml_char(c.value)) escape = {};
        if (!escape.empty()) {
            out.put(text.substr(copied, at - copied), escape);
            copied = at + length;
        }
        at += length;
    }
    out.put(text.substr(copied));
}

}  // namespace

void append_text(text_buffer& out, std::string_view text) {
    append_escaped(out, text, false);
}

void append_attribute(text_buffer& out, std::string_view text) {
    append_escaped(out, text, true);
}

std::optional<std::size_t> unescape(std::span<char> text, raw_text kind) {
    const char* from = text.data();
    const char* const end = from + text.size();
    char* to = text.data();
    while (from != end) {
        char c = *from++;
        if (c == '&' && kind != raw_text::cdata) {
            const char* const semicolon = std::find(from, end, ';');
            const auto value = reference_value({from, static_cast<std::size_t>(semicolon - from)});
            if (semicolon == end || value == 0) return std::nullopt;
            to = write_utf8(to, value);
            from = semicolon + 1;
            continue;
        }
        if (c == '\r') {  // section 2.11
            if (from != end && *from == '\n') ++from;
            c = '\n';
        }
        *to++ = kind == raw_text::attribute && is_xml_space(c) ? ' ' : c;
    }
    return static_cast<std::size_t>(to - text.data());
}

}  // namespace relayauth::mras
