#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/keyring/ring.hpp"

#include <string_view>

// The vectors of protocol notes 3.4: published texts, none of them made by this program.
namespace relayauth::notes {

inline constexpr wall_time expiry{135'380'270'450'000'000};  // 2030-01-02T03:04:05Z
inline constexpr std::string_view v1_username =
    "AQAAIIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0Tp29QqOLgTLT9Q6pTowv/g02nFIg==";
inline constexpr std::string_view v2_username =
    "AgAAJIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0QAAAAAIzrDf1m9PS2EzcrvwPNt3HDNpws=";
// The second one with a lifetime of 8 h in its flags, its tag left as it was: nobody signed this.
inline constexpr std::string_view unsigned_username =
    "AgAAJIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0QBAHCAIzrDf1m9PS2EzcrvwPNt3HDNpws=";

// TURN REST names of the same expiry, typed by hand; of the first one the identity is `sip:a
// b%n@x`.
inline constexpr std::string_view rest_name = "1893553445:=c2lwOmEgYiVuQHg";
inline constexpr std::string_view plain_rest_name = "1893553445:sip:alice@example.com";

inline secret counting(std::uint8_t first) {
    secret octets(20);
    for (auto& each : octets.reveal_for_writing()) each = first++;
    return octets;
}

// The ring of the key that signed the first two; `first` other than 0x10 gives another key's.
inline keyring::ring ring(std::uint8_t first = 0x10) {
    std::vector<keyring::entry> entries;
    entries.push_back(
        {keyring::signing_key("0a1b2c3d", {counting(first), counting(0x50), counting(0x90)})});
    return keyring::ring(std::move(entries));
}

// The ring of another key, which mints, and of the one that signed the first two, which verifies
// until `until`.
inline keyring::ring rolled_ring(wall_time until) {
    std::vector<keyring::entry> entries;
    entries.push_back(
        {keyring::signing_key("4e4e4e4e", {counting(0x11), counting(0x50), counting(0x90)})});
    entries.push_back(
        {keyring::signing_key("0a1b2c3d", {counting(0x10), counting(0x50), counting(0x90)}), false,
         until});
    return keyring::ring(std::move(entries));
}

}  // namespace relayauth::notes
