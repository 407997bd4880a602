#include "relayauth/base/base64.hpp"

#include <array>

namespace relayauth {
namespace {

constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_digit = 0xFF;

constexpr auto digit_of = [] {
    std::array<std::uint8_t, 256> table{};
    table.fill(no_digit);
    for (std::uint8_t i = 0; i < 64; ++i) table[static_cast<std::uint8_t>(alphabet[i])] = i;
    return table;
}();

// For whole groups: a character's six bits, already where they belong in the group's 24.
constexpr std::uint32_t stranger = 0xFF00'0000;
using shifted_digits = std::array<std::uint32_t, 256>;

constexpr shifted_digits digits_shifted_by(unsigned bits) {
    shifted_digits table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        table[i] = digit_of[i] == no_digit ? stranger : std::uint32_t{digit_of[i]} << bits;
    }
    return table;
}

constexpr auto first_of_group = digits_shifted_by(18), second_of_group = digits_shifted_by(12),
               third_of_group = digits_shifted_by(6), last_of_group = digits_shifted_by(0);

}  // namespace

void encode_base64(bytes_view bytes, char* out) {
    std::size_t i = 0;
    for (; i + 3 <= bytes.size(); i += 3) {
        const auto group =
            std::uint32_t{bytes[i]} << 16 | std::uint32_t{bytes[i + 1]} << 8 | bytes[i + 2];
        *out++ = alphabet[group >> 18];
        *out++ = alphabet[group >> 12 & 63];
        *out++ = alphabet[group >> 6 & 63];
        *out++ = alphabet[group & 63];
    }
    const auto left = bytes.size() - i;
    if (left == 0) return;
    const auto group =
        std::uint32_t{bytes[i]} << 16 | (left == 2 ? std::uint32_t{bytes[i + 1]} << 8 : 0u);
    *out++ = alphabet[group >> 18];
    *out++ = alphabet[group >> 12 & 63];
    *out++ = left == 2 ? alphabet[group >> 6 & 63] : '=';
    *out++ = '=';
}

std::string encode_base64(bytes_view bytes) {
    std::string text(base64_size(bytes.size()), '\0');
    encode_base64(bytes, text.data());
    return text;
}

std::optional<std::size_t> decode_base64(std::string_view text, std::span<std::uint8_t> out) {
    if (text.size() % 4 != 0) return std::nullopt;
    if (text.empty()) return 0;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
    const auto size = text.size() / 4 * 3 - padding;
    if (size > out.size()) return std::nullopt;

    // Whole groups first, with one look at the end for all of them: this stands before every
    // verdict.
    const auto digits = as_bytes(text.substr(0, text.size() - padding));
    const auto* in = digits.data();
    auto* to = out.data();
    std::uint32_t seen = 0;
    for (const auto* const end = in + digits.size() / 4 * 4; in != end; in += 4, to += 3) {
        const auto group = first_of_group[in[0]] | second_of_group[in[1]] | third_of_group[in[2]] |
                           last_of_group[in[3]];
        seen |= group;
        to[0] = static_cast<std::uint8_t>(group >> 16);
        to[1] = static_cast<std::uint8_t>(group >> 8);
        to[2] = static_cast<std::uint8_t>(group);
    }
    if ((seen & stranger) != 0) return std::nullopt;
    std::uint32_t bits = 0;
    unsigned bit_count = 0;
    for (const auto c : digits.last(digits.size() % 4)) {
        const auto digit = digit_of[c];
        if (digit == no_digit) return std::nullopt;
        bits = bits << 6 | digit;
        bit_count += 6;
        if (bit_count >= 8) {
            bit_count -= 8;
            *to++ = static_cast<std::uint8_t>(bits >> bit_count);
        }
    }
    if ((bits & ((1u << bit_count) - 1)) != 0) return std::nullopt;
    return size;
}

}  // namespace relayauth
