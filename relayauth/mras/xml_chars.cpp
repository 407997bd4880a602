#include "relayauth/mras/xml_chars.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/find_octet.hpp"

#include <algorithm>

namespace relayauth::mras {
namespace {

struct char_range {
    char32_t first, last;
};

template <std::size_t N>
bool is_in(const char_range (&ranges)[N], char32_t c) {
    return std::any_of(ranges, ranges + N,
                       [c](char_range range) { return c >= range.first && c <= range.last; });
}

// XML 1.0 section 2.3, [4] and [4a], beyond ASCII.
constexpr char_range name_start_ranges[] = {
    {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
    {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
    {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
};
constexpr char_range name_more_ranges[] = {{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

std::uint8_t length_of(std::uint8_t lead) {
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    if (lead >= 0xF0 && lead <= 0xF4) return 4;
    return 0;
}

// char_reference_value reads what stands between `&#` and `;`; 0, which no document may hold, if
// it is no number. XML 1.0 section 4.1.
char32_t char_reference_value(std::string_view digits) {
    const bool hexadecimal = digits.starts_with('x');
    if (hexadecimal) digits.remove_prefix(1);
    char32_t value = 0;
    for (const char c : digits) {
        const char low = ascii::to_lower(c);
        if (ascii::is_digit(c)) {
            value = value * (hexadecimal ? 16 : 10) + static_cast<char32_t>(c - '0');
        } else if (hexadecimal && low >= 'a' && low <= 'f') {
            value = value * 16 + static_cast<char32_t>(low - 'a' + 10);
        } else {
            return 0;
        }
        if (value > 0x10FFFF) return 0;
    }
    return value;
}

// next_special gives the place of the first octet at or after `at` that is not printable ASCII (DEL
// counts as such), or text.size().
std::size_t next_special(std::string_view text, std::size_t at) {
    return find_octet(text, at, [](auto octet) { return (octet < 0x20) | (octet >= 0x80); });
}

}  // namespace

code_point code_point_at(std::string_view text, std::size_t at) {
    const auto lead = static_cast<std::uint8_t>(text[at]);
    if (lead < 0x80) return {lead, 1};
    const auto length = length_of(lead);
    if (length == 0 || length > text.size() - at) return {};
    char32_t value = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const auto octet = static_cast<std::uint8_t>(text[at + i]);
        if ((octet & 0xC0) != 0x80) return {};
        value = value << 6 | (octet & 0x3Fu);
    }
    if (length == 3 && value < 0x800) return {};  // overlong; two octets cannot be, after C2
    if (length == 4 && value < 0x10000) return {};
    if ((value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) return {};
    return {value, length};
}

bool is_xml_char(char32_t c) {
    if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
    return c <= 0xD7FF || (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

bool may_start_name(char32_t c) {
    if (c < 0x80) return ascii::is_alpha(static_cast<char>(c)) || c == '_';
    return is_in(name_start_ranges, c);
}

bool may_continue_name(char32_t c) {
    if (c < 0x80) {
        return ascii::is_alnum(static_cast<char>(c)) || c == '_' || c == '-' || c == '.';
    }
    return is_in(name_start_ranges, c) || is_in(name_more_ranges, c);
}

char32_t reference_value(std::string_view name) {
    if (name.starts_with('#')) {
        const auto value = char_reference_value(name.substr(1));
        return is_xml_char(value) ? value : 0;
    }
    if (name == "amp") return '&';
    if (name == "lt") return '<';
    if (name == "gt") return '>';
    if (name == "quot") return '"';
    return name == "apos" ? U'\'' : 0;
}

char* write_utf8(char* to, char32_t c) {
    const auto put = [&to](char32_t octet) { *to++ = static_cast<char>(octet); };
    if (c < 0x80) {
        put(c);
        return to;
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;  // octets after the first
    put((0xFF00u >> (more + 1) & 0xFFu) | c >> 6 * more);
    for (int left = more - 1; left >= 0; --left) put(0x80 | (c >> 6 * left & 0x3F));
    return to;
}

document_octets survey(std::string_view document) {
    document_octets seen;
    auto at = find_octet(
        document, 0, [](auto octet) { return (octet < 0x20) | (octet >= 0x80) | (octet == '&'); });
    if (at == document.size()) return seen;  // as nearly all bodies are
    seen.as_written = false;
    for (; (at = next_special(document, at)) < document.size();) {
        const auto c = code_point_at(document, at);
        if (c.length == 0) seen.why = errc::not_utf8;
        if (c.length != 0 && !is_xml_char(c.value)) seen.why = errc::not_well_formed;
        if (seen.why) break;
        if (c.length > 1) seen.all_ascii = false;
        at += c.length;
    }
    return seen;
}

}  // namespace relayauth::mras
