#include "relayauth/base/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace relayauth {
namespace {

// length_at gives the length of the well-formed sequence at text[at], or 0. RFC 3629 section 4.
std::size_t length_at(std::string_view text, std::size_t at) {
    const auto octet = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<std::uint8_t>(text[at + i]) : std::uint8_t{0};
    };
    const auto tail = [&](std::size_t i) { return (octet(i) & 0xC0) == 0x80; };
    const std::uint8_t lead = octet(0), second = octet(1);
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return tail(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        if (!tail(1) || !tail(2)) return 0;
        if (lead == 0xE0 && second < 0xA0) return 0;  // overlong
        if (lead == 0xED && second > 0x9F) return 0;  // surrogate
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if (!tail(1) || !tail(2) || !tail(3)) return 0;
        if (lead == 0xF0 && second < 0x90) return 0;  // overlong
        if (lead == 0xF4 && second > 0x8F) return 0;  // above U+10FFFF
        return 4;
    }
    return 0;
}

}  // namespace

bool is_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        // Nearly all input is ASCII: eight octets at a time as long as no top bit is set.
        while (at + 8 <= text.size()) {
            std::uint64_t eight;
            std::memcpy(&eight, text.data() + at, 8);
            if (eight & 0x8080808080808080u) break;
            at += 8;
        }
        if (at == text.size()) return true;
        const auto length = length_at(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

std::size_t utf8_length(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::size_t control_character_size(std::string_view rest) {
    if (rest.empty()) return 0;
    const auto first = static_cast<unsigned char>(rest[0]);
    if (first < 0x20 || first == 0x7F) return 1;
    const bool c1 = first == 0xC2 && rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xA0;
    return c1 ? 2 : 0;
}

bool has_control_character(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (control_character_size(text.substr(i)) > 0) return true;
    }
    return false;
}

}  // namespace relayauth
