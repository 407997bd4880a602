#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/keyring/ring.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Keys and credentials for the tests of this room, put together octet by octet from protocol notes
// 3.1 and 8 and never by token::encode or credential::issue, so that those cannot hide a mistake
// of their own. Only the HMAC is the tree's; crypto's own tests hold it against OpenSSL's.

namespace relayauth::credential::hand_made {

using octets = std::vector<std::uint8_t>;

// The moment that the vectors of protocol notes 3.4 expire: 2030-01-02T03:04:05Z.
inline constexpr wall_time expiry_2030{135'380'270'450'000'000};
inline constexpr std::string_view alice = "sip:alice@example.test";
inline constexpr std::uint32_t flags_of_8_hours = 0x0100'7080;

// The vectors themselves (flags 0 in the second one).
inline constexpr std::string_view v1_username =
    "AQAAIIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0Tp29QqOLgTLT9Q6pTowv/g02nFIg==";
inline constexpr std::string_view v1_password = "Q47qmv8PVtY9tvdql0ZYgxDgMc0=";
inline constexpr std::string_view v2_username =
    "AgAAJIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0QAAAAAIzrDf1m9PS2EzcrvwPNt3HDNpws=";
inline constexpr std::string_view v2_password = "FMvKMCWrDianBoEHgMmaxd6Nwy8=";

// A TURN REST name of alice's until expiry_2030. The secrets are those of rsa2048 and p256 in
// tests/vectors for the realm `example.test`; the passwords are openssl's, with either of them.
inline constexpr std::string_view rest_name = "1893553445:sip:alice@example.test";
inline constexpr std::string_view rest_secret =
    "fb50651d5375d8bbbcfda4332439f0d4769e80f9f8e77060e8f0a954f24276e6";
inline constexpr std::string_view rest_password = "lRkGLLnRO5mmRKy/xYG/FzCLMyQ=";
inline constexpr std::string_view other_rest_secret =
    "cf61ce525ef8a9046c0c3d7508d573b1fd28a49533adf19fcc37641ab4c801eb";
inline constexpr std::string_view other_rest_password = "Bp9YQQbCz3VrUcQpSOvVVkXqUu4=";

// The three keys of protocol notes 3.4 under the id `notes`; another `step` gives a foreign key.
keyring::signing_key key(std::string id = "notes", std::uint8_t step = 0);

// key(), with TURN REST secrets: pairs of a realm and its secret.
struct realm_text {
    std::string_view realm, text;
};
keyring::signing_key rest_key(std::string id, const std::vector<realm_text>& secrets,
                              std::uint8_t step = 0);

keyring::entry minting(keyring::signing_key key);
keyring::entry verifying(keyring::signing_key key, wall_time until = wall_time::max());

template <class... Entries>
keyring::ring ring_of(Entries... newest_first) {
    std::vector<keyring::entry> entries;
    (entries.push_back(std::move(newest_first)), ...);
    return keyring::ring(std::move(entries));
}

// The ring that holds only key().
const keyring::ring& notes_ring();

// A blob for alice: version 1 without flags, version 2 with.
octets blob(wall_time expires_at, std::optional<std::uint32_t> flags);

// `blob`, whatever it holds, and the tag of `signer` behind it; and the password of such a
// username, as base64.
octets signed_blob(octets blob, const keyring::signing_key& signer);
std::string password_of(bytes_view username, const keyring::signing_key& signer);

// A username signed by key(), as base64.
std::string username(wall_time expires_at, std::optional<std::uint32_t> flags);

}  // namespace relayauth::credential::hand_made
