#pragma once

#include <cstddef>
#include <cstdint>

namespace relayauth::stun {

// What the protocols fix: sizes and offsets in octets, integers big-endian.

// The header, RFC 8489 section 5: type, length of what follows the header, cookie, 12 octets of id.
// MS-TURN has 16 octets of id and no cookie here (protocol notes 4.1).
inline constexpr std::size_t header_size = 20;
inline constexpr std::size_t length_offset = 2;
inline constexpr std::size_t cookie_offset = 4;
inline constexpr std::size_t transaction_id_offset = 8;
inline constexpr std::uint32_t magic_cookie = 0x2112'A442;
inline constexpr std::uint16_t top_bits = 0xC000;    // zero in every STUN message
inline constexpr std::uint16_t class_bits = 0x0110;  // zero in every request

// The types of messages that a client of a relay sends and reads, RFC 8656 section 17: method and
// class in one.
namespace message_type {
inline constexpr std::uint16_t allocate = 0x0003;
inline constexpr std::uint16_t refresh = 0x0004;
inline constexpr std::uint16_t create_permission = 0x0008;
inline constexpr std::uint16_t send_indication = 0x0016;
inline constexpr std::uint16_t data_indication = 0x0017;
inline constexpr std::uint16_t success_bit = 0x0100;  // added to a request's
}  // namespace message_type

// Attributes: type, size of the value, value; RFC 8489 section 14 pads the value to a multiple of
// 4, MS-TURN does not.
inline constexpr std::size_t attribute_header_size = 4;
inline constexpr std::size_t attribute_alignment = 4;

// RFC 8489 section 18.3.
namespace attribute {
inline constexpr std::uint16_t username = 0x0006;
inline constexpr std::uint16_t message_integrity = 0x0008;
inline constexpr std::uint16_t error_code = 0x0009;
inline constexpr std::uint16_t lifetime = 0x000D;  // RFC 8656 section 18, as some of the next
inline constexpr std::uint16_t xor_peer_address = 0x0012;
inline constexpr std::uint16_t data = 0x0013;
inline constexpr std::uint16_t realm = 0x0014;
inline constexpr std::uint16_t nonce = 0x0015;
inline constexpr std::uint16_t xor_relayed_address = 0x0016;
inline constexpr std::uint16_t requested_transport = 0x0019;
inline constexpr std::uint16_t message_integrity_sha256 = 0x001C;
inline constexpr std::uint16_t password_algorithm = 0x001D;
inline constexpr std::uint16_t userhash = 0x001E;
inline constexpr std::uint16_t software = 0x8022;
inline constexpr std::uint16_t fingerprint = 0x8028;
}  // namespace attribute

// MS-TURN (protocol notes 4.2): the numbers of nonce and realm are swapped.
namespace ms_attribute {
inline constexpr std::uint16_t username = 0x0006;
inline constexpr std::uint16_t message_integrity = 0x0008;
inline constexpr std::uint16_t magic_cookie = 0x000F;
inline constexpr std::uint16_t nonce = 0x0014;
inline constexpr std::uint16_t realm = 0x0015;
}  // namespace ms_attribute

inline constexpr std::uint32_t ms_magic_cookie = 0x72C6'4BC6;  // the value of the first attribute
inline constexpr std::size_t ms_magic_cookie_size = 4;

inline constexpr std::size_t sha1_integrity_size = 20;
inline constexpr std::size_t sha256_integrity_size = 32;
inline constexpr std::size_t min_sha256_integrity_size = 16;  // RFC 8489 14.6: in steps of 4
inline constexpr std::size_t ms_integrity_block = 64;         // MS-TURN pads the signed text to it
inline constexpr std::size_t userhash_size = 32;              // RFC 8489 14.4
inline constexpr std::size_t fingerprint_size = 4;

// PASSWORD-ALGORITHM, RFC 8489 14.12 and 18.5: number, size of the parameters, parameters.
inline constexpr std::size_t password_algorithm_header_size = 4;
inline constexpr std::uint16_t password_algorithm_md5 = 1;
inline constexpr std::uint16_t password_algorithm_sha256 = 2;

}  // namespace relayauth::stun
