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

    const auto digits = text.substr(0, text.size() - padding);
    std::uint32_t bits = 0;
    unsigned bit_count = 0;
    std::size_t written = 0;
    for (const char c : digits) {
        const auto digit = digit_of[static_cast<std::uint8_t>(c)];
        if (digit == no_digit) return std::nullopt;
        bits = bits << 6 | digit;
        bit_count += 6;
        if (bit_count >= 8) {
            bit_count -= 8;
            out[written++] = static_cast<std::uint8_t>(bits >> bit_count);
        }
    }
    if ((bits & ((1u << bit_count) - 1)) != 0) return std::nullopt;
    return written;
}

}  // namespace relayauth
