#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/hex.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::stun {

// octets turns hex with spaces into an exactly sized heap buffer, so that a sanitizer sees the
// first octet read beyond it.
inline std::vector<std::uint8_t> octets(std::string_view hex_text) {
    std::string digits;
    for (const char c : hex_text) {
        if (c != ' ') digits += c;
    }
    auto decoded = from_hex(digits);
    if (!decoded) throw std::invalid_argument("not hex: " + digits);
    decoded->shrink_to_fit();
    return *decoded;
}

// vector is a request that others made, with the long-term key that signed it.
struct vector {
    std::string_view name;
    std::string_view hex;
    std::string_view key_hex;
};

// RFC 5769 2.1: Binding, MESSAGE-INTEGRITY and FINGERPRINT. Short-term: the key is the password,
// `VOkJxbRl1RmTxUk/WvJxBt`. USERNAME is padded with spaces.
inline constexpr vector rfc5769_2_1 = {"RFC 5769 2.1",
                                       "0001 0058 2112a442 b7e7a701bc34d686fa87dfae"
                                       " 8022 0010 5354554e207465737420636c69656e74"
                                       " 0024 0004 6e0001ff"
                                       " 8029 0008 932ff9b151263b36"
                                       " 0006 0009 6576746a3a68367659 202020"
                                       " 0008 0014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
                                       " 8028 0004 e57a3bcf",
                                       "564f6b4a7862526c31526d547855 6b2f57764a784274"};

// RFC 5769 2.4: long-term, MD5 of six katakana `:example.org:TheMatrIX`.
inline constexpr vector rfc5769_2_4 = {
    "RFC 5769 2.4",
    "0001 0060 2112a442 78ad3433c6ad72c029da412e"
    " 0006 0012 e3839ee38388e383aae38383e382afe382b9 0000"
    " 0015 001c 662f2f3439396b39353464364f4c33346f4c39465354767936347341"
    " 0014 000b 6578616d706c652e6f7267 00"
    " 0008 0014 f67024656dd64a3e02b8e0712e85c9a28ca89666",
    "e8ca7ad59d5eb0518e312911d2dab2a9"};

// RFC 8489 B.1 as erratum 6268 has it: the printed length, and a PASSWORD-ALGORITHM that was left
// out, are wrong in the RFC. The key is SHA-256 of the same text.
inline constexpr vector rfc8489_b_1 = {
    "RFC 8489 B.1",
    "0001 0090 2112a442 78ad3433c6ad72c029da412e"
    " 001e 0020 4a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f1704"
    " 0015 0029 6f624d61744a6f733241414143662f2f3439396b39353464364f4c33346f4c39465354767936347341"
    " 000000"
    " 0014 000b 6578616d706c652e6f7267 00"
    " 001d 0004 0002 0000"
    " 001c 0020 b5c7bf005b6c52a21c51c5e892f81924136296cb927c43149309278cc6518e65",
    "dd295a613b9058c3c23d6dc7165bda072304d989c9d0af3a8c7e184b4f9bb4a1"};

// Protocol notes 3.4, typed from the facts there: version 1 and version 2 of the username.
inline constexpr vector ms_turn_v1 = {
    "MS-TURN v1",
    "0003 0081 000102030405060708090a0b0c0d0e0f"
    " 000f 0004 72c64bc6"
    " 8008 0004 00000001"
    " 0006 0034 01000020 81c4c08001e0f7a3 bb5a59b051cf5cd12cbf688ed164564e1fd59f44"
    " e9dbd42a38b8132d3f50ea94e8c2ffe0d369c522"
    " 0014 0011 3031323334353637383961626364656630"
    " 0015 0008 7274636d65646961"
    " 0008 0014 c1b01be63bf73d5b9a8059fe9b837e7521081687",
    "518bd3073628f2016b4e80610ec9d7b6"};
inline constexpr vector ms_turn_v2 = {
    "MS-TURN v2",
    "0003 0085 000102030405060708090a0b0c0d0e0f"
    " 000f 0004 72c64bc6"
    " 8008 0004 00000001"
    " 0006 0038 02000024 81c4c08001e0f7a3 bb5a59b051cf5cd12cbf688ed164564e1fd59f44 00000000"
    " 233ac37f59bd3d2d84cdcaefc0f36ddc70cda70b"
    " 0014 0011 3031323334353637383961626364656630"
    " 0015 0008 7274636d65646961"
    " 0008 0014 fbd64865ea7404bda923792b71d6aca41ddeb4b8",
    "42615d7a46547d34251964ffe8115026"};

// The Allocate below with all three seals, made with Python's hmac and zlib.
inline constexpr vector all_three_seals = {
    "all three seals",
    "0003 0070 2112a442 a0a1a2a3a4a5a6a7a8a9aaab"
    " 0019 0004 11000000"
    " 0006 0004 75736572"
    " 0014 000a 7265616c6d2e74657374 0000"
    " 0015 0005 6e6f6e6365 000000"
    " 0008 0014 fa996d6dcd475516d8d694ce03ff9e45af677ce5"
    " 001c 0020 ec59c22dc5ee63f3f97d0064f186cbbca1cb1625652d65699ab75be0bd9d2de1"
    " 8028 0004 ef6c1fde",
    "f67d368d2a6adc8f6f34e3d211abd372"};

inline constexpr vector all_vectors[] = {rfc5769_2_1, rfc5769_2_4, rfc8489_b_1,
                                         ms_turn_v1,  ms_turn_v2,  all_three_seals};

// allocate is an Allocate of `user` in `realm.test`, with `tail_hex` at its end and a length field
// that counts it. Its long-term key is that of all_three_seals.
inline std::vector<std::uint8_t> allocate(std::string_view tail_hex) {
    auto message = octets(std::string("0003 0000 2112a442 a0a1a2a3a4a5a6a7a8a9aaab"
                                      " 0019 0004 11000000"
                                      " 0006 0004 75736572"
                                      " 0014 000a 7265616c6d2e74657374 0000"
                                      " 0015 0005 6e6f6e6365 000000")
                              .append(tail_hex));
    store_be16(&message[2], static_cast<std::uint16_t>(message.size() - 20));
    return message;
}

// ms_allocate is the same of MS-TURN, with the names of protocol notes 3.4, version 1.
inline std::vector<std::uint8_t> ms_allocate(std::string_view tail_hex) {
    auto message = octets(std::string("0003 0000 000102030405060708090a0b0c0d0e0f"
                                      " 000f 0004 72c64bc6"
                                      " 8008 0004 00000001"
                                      " 0006 0034 01000020 81c4c08001e0f7a3"
                                      " bb5a59b051cf5cd12cbf688ed164564e1fd59f44"
                                      " e9dbd42a38b8132d3f50ea94e8c2ffe0d369c522")
                              .append(tail_hex));
    store_be16(&message[2], static_cast<std::uint16_t>(message.size() - 20));
    return message;
}

}  // namespace relayauth::stun
