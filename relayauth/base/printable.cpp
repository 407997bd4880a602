#include "relayauth/base/printable.hpp"

#include "relayauth/base/utf8.hpp"

#include <cstdio>

namespace relayauth {
namespace {

std::size_t announced_size(unsigned char first) {
    if (first < 0x80) return 1;
    if (first < 0xE0) return 2;
    if (first < 0xF0) return 3;
    return 4;
}

std::string escaped(const character& each) {
    if (each.value == U'\n') return "\\n";
    if (each.value == U'\r') return "\\r";
    if (each.value == U'\t') return "\\t";
    char text[12];
    const bool octet = !each.well_formed || each.value < 0x80;
    std::snprintf(text, sizeof text, octet ? "\\x%02x" : "\\u%04x",
                  static_cast<unsigned>(each.value));
    return text;
}

}  // namespace

character first_character(std::string_view text) {
    const auto first = static_cast<unsigned char>(text[0]);
    const auto size = announced_size(first);
    if (size > text.size() || !is_utf8(text.substr(0, size))) return {first, 1, false};
    if (size == 1) return {first, 1, true};
    char32_t value = first & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        value = value << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
    }
    return {value, size, true};
}

bool is_unsafe(char32_t value) {
    return value < 0x20 || (value >= 0x7F && value < 0xA0) || value == 0x200E || value == 0x200F ||
           (value >= 0x2028 && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
}

std::string printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto each = first_character(text);
        if (each.well_formed && !is_unsafe(each.value)) {
            out += text.substr(0, each.size);
        } else {
            out += escaped(each);
        }
        text.remove_prefix(each.size);
    }
    return out;
}

std::string printable_lines(std::string_view text) {
    std::string out;
    for (;;) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        if (end == std::string_view::npos) return out + printable(line);
        if (line.ends_with('\r')) line.remove_suffix(1);
        out += printable(line) + '\n';
        text.remove_prefix(end + 1);
    }
}

}  // namespace relayauth
