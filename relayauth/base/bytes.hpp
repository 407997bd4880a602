#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace relayauth {

// bytes_view is a read-only view of octets; it owns nothing and lives as long as what it looks at.
using bytes_view = std::span<const std::uint8_t>;

// as_bytes looks at the characters of `text` as octets; valid as long as `text`'s storage.
inline bytes_view as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// as_text looks at octets as characters; valid as long as the octets. It promises nothing about
// their encoding: is_utf8 (utf8.hpp) does.
inline std::string_view as_text(bytes_view bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// load_be16, load_be32 read a big-endian integer; `from` must have that many octets.
inline std::uint16_t load_be16(const std::uint8_t* from) {
    return static_cast<std::uint16_t>(from[0] << 8 | from[1]);
}
inline std::uint32_t load_be32(const std::uint8_t* from) {
    return std::uint32_t{from[0]} << 24 | std::uint32_t{from[1]} << 16 |
           std::uint32_t{from[2]} << 8 | std::uint32_t{from[3]};
}

// store_be16, store_be32 write a big-endian integer; `to` must have room for it.
inline void store_be16(std::uint8_t* to, std::uint16_t value) {
    to[0] = static_cast<std::uint8_t>(value >> 8);
    to[1] = static_cast<std::uint8_t>(value);
}
inline void store_be32(std::uint8_t* to, std::uint32_t value) {
    to[0] = static_cast<std::uint8_t>(value >> 24);
    to[1] = static_cast<std::uint8_t>(value >> 16);
    to[2] = static_cast<std::uint8_t>(value >> 8);
    to[3] = static_cast<std::uint8_t>(value);
}

}  // namespace relayauth
