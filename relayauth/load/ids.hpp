#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace relayauth::load {

// A request's index in its run is in every id that it carries, in digits of fixed width, so that an
// answer names its request without a table: hexadecimal in Call-ID and branch, decimal in
// requestID.
inline constexpr std::size_t index_hex_digits = 16;
inline constexpr std::size_t index_decimal_digits = 12;
inline constexpr std::size_t identity_digits = 7;

// put_hex and put_decimal write exactly `digits` digits, with leading zeros, at `to`.
void put_hex(char* to, std::uint64_t value, std::size_t digits);
void put_decimal(char* to, std::uint64_t value, std::size_t digits);

// read_hex and read_decimal are their inverse; nothing for any other text or width.
std::optional<std::uint64_t> read_hex(std::string_view text, std::size_t digits);
std::optional<std::uint64_t> read_decimal(std::string_view text, std::size_t digits);

}  // namespace relayauth::load
