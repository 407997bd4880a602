#pragma once

#include <cstddef>
#include <string_view>

namespace relayauth::ascii {

// Locale-free character rules for wire text. Octets from 0x80 up belong to no class.

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
constexpr bool is_alpha(char c) {
    return to_lower(c) >= 'a' && to_lower(c) <= 'z';
}
constexpr bool is_alnum(char c) {
    return is_alpha(c) || is_digit(c);
}

// is_space: white space inside a header value, folds included (RFC 3261 25.1, LWS).
constexpr bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// equal_ignoring_case compares A-Z and a-z as equal, every other octet exactly.
constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    if (a == b) return true;  // nearly every sender spells a word as its standard does
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (to_lower(a[i]) != to_lower(b[i])) return false;
    }
    return true;
}

// trim returns `text` without the white space at its ends; a view into `text`.
constexpr std::string_view trim(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace relayauth::ascii
