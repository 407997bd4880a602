#include "relayauth/mras/xml_escape.hpp"

#include "relayauth/mras/xml_chars.hpp"

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

}  // namespace relayauth::mras
