#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace relayauth::token {

// What the protocol fixes: offsets and sizes in octets (protocol notes 3.1), integers big-endian.
inline constexpr std::size_t version_offset = 0;  // major, then minor
inline constexpr std::size_t size_offset = 2;
inline constexpr std::size_t expiry_low_offset = 4;  // FILETIME, low word first
inline constexpr std::size_t expiry_high_offset = 8;
inline constexpr std::size_t client_id_offset = 12;
inline constexpr std::size_t client_id_size = 20;
inline constexpr std::size_t flags_offset = 32;
inline constexpr std::size_t v1_blob_size = 32;
inline constexpr std::size_t v2_blob_size = 36;
inline constexpr std::size_t max_blob_size = v2_blob_size;
inline constexpr std::size_t tag_size = 20;
inline constexpr std::size_t max_username_size = max_blob_size + tag_size;
inline constexpr std::size_t password_size = 20;

// v2 flags (protocol notes 8): top octet 0, lifetime unknown; top octet 1, the lower 24 bits are
// the granted lifetime in seconds.
inline constexpr std::uint32_t flags_lifetime_unknown = 0x00;
inline constexpr std::uint32_t flags_lifetime_seconds = 0x01;
inline constexpr std::uint32_t flags_lifetime_mask = 0x00FF'FFFF;
inline constexpr std::chrono::seconds max_lifetime{flags_lifetime_mask};

}  // namespace relayauth::token
