#include "relayauth/load/ids.hpp"

namespace relayauth::load {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

std::optional<std::uint64_t> read_digits(std::string_view text, std::size_t digits,
                                         std::uint64_t base) {
    if (text.size() != digits) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        const auto digit = c >= '0' && c <= '9'   ? std::uint64_t(c - '0')
                           : c >= 'a' && c <= 'f' ? std::uint64_t(c - 'a' + 10)
                                                  : base;
        if (digit >= base) return std::nullopt;
        value = value * base + digit;
    }
    return value;
}

}  // namespace

void put_hex(char* to, std::uint64_t value, std::size_t digits) {
    for (; digits > 0; value >>= 4) to[--digits] = hex_digits[value & 15];
}

void put_decimal(char* to, std::uint64_t value, std::size_t digits) {
    for (; digits > 0; value /= 10) to[--digits] = static_cast<char>('0' + value % 10);
}

std::optional<std::uint64_t> read_hex(std::string_view text, std::size_t digits) {
    return read_digits(text, digits, 16);
}

std::optional<std::uint64_t> read_decimal(std::string_view text, std::size_t digits) {
    return read_digits(text, digits, 10);
}

}  // namespace relayauth::load
