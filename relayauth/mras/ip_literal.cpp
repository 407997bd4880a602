#include "relayauth/mras/ip_literal.hpp"

#include "relayauth/base/ascii.hpp"

#include <algorithm>
#include <cstddef>

namespace relayauth::mras {
namespace {

bool is_decimal_octet(std::string_view text) {
    if (text.empty() || text.size() > 3 || !std::ranges::all_of(text, ascii::is_digit))
        return false;
    if (text.size() > 1 && text.front() == '0') return false;
    int value = 0;
    for (const char c : text) value = value * 10 + (c - '0');
    return value <= 255;
}

bool is_hex_group(std::string_view text) {
    return !text.empty() && text.size() <= 4 && std::ranges::all_of(text, [](char c) {
        return ascii::is_digit(c) || (ascii::to_lower(c) >= 'a' && ascii::to_lower(c) <= 'f');
    });
}

}  // namespace

bool is_ipv4_literal(std::string_view text) {
    for (int left = 3; left > 0; --left) {
        const auto dot = text.find('.');
        if (dot == std::string_view::npos || !is_decimal_octet(text.substr(0, dot))) return false;
        text.remove_prefix(dot + 1);
    }
    return is_decimal_octet(text);
}

bool is_ipv6_literal(std::string_view text) {
    std::size_t groups = 0;
    bool compressed = text.starts_with("::");
    if (compressed) text.remove_prefix(2);
    while (!text.empty()) {
        const auto colon = text.find(':');
        const auto group = text.substr(0, colon);
        if (colon == std::string_view::npos && is_ipv4_literal(group)) {
            groups += 2;
            break;
        }
        if (!is_hex_group(group)) return false;
        ++groups;
        if (colon == std::string_view::npos) break;
        text.remove_prefix(colon + 1);
        if (text.empty()) return false;  // one colon at the end
        if (text.front() != ':') continue;
        if (compressed) return false;  // `::` twice
        compressed = true;
        text.remove_prefix(1);
    }
    return compressed ? groups <= 7 : groups == 8;
}

}  // namespace relayauth::mras
