#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/hex.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::rpc {

// octets turns hand-typed hex with spaces into an exactly sized heap buffer, so that a sanitizer
// sees the first octet read beyond it.
inline std::vector<std::uint8_t> octets(std::string_view hex_text) {
    std::string digits;
    for (const char c : hex_text) {
        if (c != ' ' && c != '\n') digits += c;
    }
    auto decoded = from_hex(digits);
    if (!decoded) throw std::invalid_argument("not hex: " + digits);
    decoded->shrink_to_fit();
    return *decoded;
}

// first_octets is the same for the front of a longer message.
inline std::vector<std::uint8_t> first_octets(bytes_view whole, std::size_t count) {
    return {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(count)};
}

// Id 7, client time 2030-01-02T03:04:05Z, Issue for sip:alice@example.test, 480 minutes, version 1.
inline constexpr std::string_view issue_envelope_hex =
    "08 07  11 80 c0 c4 81 a3 f7 e0 01  22 1d"
    " 0a 16 73 69 70 3a 61 6c 69 63 65 40 65 78 61 6d 70 6c 65 2e 74 65 73 74"
    " 10 e0 03  18 01";

// Id 300; items: `user` with password `pass`, realm `r` and identity `i`; then `u2` with an empty
// password.
inline constexpr std::string_view validate_envelope_hex =
    "08 ac 02  2a 1c"
    " 0a 12  0a 04 75 73 65 72  12 04 70 61 73 73  1a 01 72  22 01 69"
    " 0a 06  0a 02 75 32  12 00";

// Id 9, Issue for `a` in dialect 1 (TURN REST) and realm `r`.
inline constexpr std::string_view rest_issue_envelope_hex =
    "08 09  22 08  0a 01 61  20 01  2a 01 72";

// Id 9; an item `u` in realm `r` whose SHA-256 key (2) is wanted as raw octets (1).
inline constexpr std::string_view key_envelope_hex =
    "08 09  2a 0c  0a 0a  0a 01 75  1a 01 72  28 02  30 01";

// Id 9, CheckMessage; items: octets ff 00 in realm `r`; octet 01 without realm; an empty one.
inline constexpr std::string_view check_message_envelope_hex =
    "08 09  3a 10  0a 07  0a 02 ff 00  12 01 72  0a 03  0a 01 01  0a 00";

// Id 9, Explain of the octets ff 00 with password `p`, identity `i`, at 2030-01-02T03:04:05Z.
inline constexpr std::string_view explain_envelope_hex =
    "08 09  42 13  0a 02 ff 00  12 01 70  1a 01 69  21 80 c0 c4 81 a3 f7 e0 01";

// Id 1, client time 2030-01-02T03:04:05Z, ServerInfo: the worked example of proto/README.md.
inline constexpr std::string_view server_info_envelope_hex =
    "08 01  11 80 c0 c4 81 a3 f7 e0 01  32 00";

inline constexpr std::string_view every_envelope_hex[] = {
    issue_envelope_hex,      validate_envelope_hex, server_info_envelope_hex,
    rest_issue_envelope_hex, key_envelope_hex,      check_message_envelope_hex,
    explain_envelope_hex};

}  // namespace relayauth::rpc
