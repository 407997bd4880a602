#include "relayauth/mras/xml_escape.hpp"

#include "relayauth/mras/xml_chars.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace relayauth::mras {
namespace {

// Octets that need a look: markup, control characters, everything beyond ASCII.
constexpr auto is_special = [] {
    std::array<bool, 256> special{};
    for (std::size_t octet = 0; octet < 256; ++octet) {
        const auto c = static_cast<char>(octet);
        special[octet] =
            octet < 0x20 || octet >= 0x80 || c == '&' || c == '<' || c == '>' || c == '"';
    }
    return special;
}();

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

void append_escaped(std::string& out, std::string_view text, bool in_attribute) {
    std::size_t copied = 0;  // everything before is in `out`
    for (std::size_t at = 0; at < text.size();) {
        if (!is_special[static_cast<std::uint8_t>(text[at])]) {
            ++at;
            continue;
        }
        const auto c = code_point_at(text, at);
        const std::size_t length = c.length == 0 ? 1 : c.length;
        std::string_view escape = "\xEF\xBF\xBD";
        if (c.length == 1) escape = ascii_escape(text[at], in_attribute);
        if (c.length > 1 && is_xml_char(c.value)) escape = {};
        if (!escape.empty()) {
            out.append(text, copied, at - copied);
            out.append(escape);
            copied = at + length;
        }
        at += length;
    }
    out.append(text, copied);
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
    append_escaped(out, text, false);
}

void append_attribute(std::string& out, std::string_view text) {
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
