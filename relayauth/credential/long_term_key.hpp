#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/secret.hpp"
#include "relayauth/crypto/sha1_run.hpp"
#include "relayauth/stun/digest.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace relayauth::credential {

struct verdict;

// spelling is how username and password enter a long-term key: as the text that a client was given,
// for RFC relays, or as the octets that the base64 stands for, for MS-TURN.
enum class spelling { text, raw };

// long_term_key is the key of message integrity: 16 octets (MD5) or 32 (SHA-256) of
// username ":" realm ":" password (RFC 5389 15.4, RFC 8489 9.2.2). As secret as the password, for
// that realm. Wiped when it goes.
class long_term_key {
public:
    // Makes the key of these three.
    long_term_key(bytes_view username, std::string_view realm, bytes_view password,
                  stun::digest hash);
    long_term_key(const long_term_key&) = default;
    long_term_key& operator=(const long_term_key&) = default;
    ~long_term_key() { wipe(octets_); }

    // Valid as long as this key.
    bytes_view reveal() const { return bytes_view(octets_).first(size_); }

private:
    std::array<std::uint8_t, 32> octets_{};
    std::size_t size_;
};

// long_term_key_of makes the key from a username as it enters (its text or its raw octets) and the
// password's octets, which enter in the same spelling. Safe from any thread.
long_term_key long_term_key_of(bytes_view username, std::string_view realm,
                               crypto::sha1_tag password, stun::digest hash, spelling form);

// long_term_key_of makes the key of a credential that was found good: `decided` is validate()'s
// good verdict on `username`, as the client showed it. Nothing when there is no such key: a TURN
// REST name has no raw form, and none in a realm whose secret its key lacks; a username that the
// verdict was not about. Of a TURN REST name that came without its password it is the key of the
// newest signing key. Pure; safe from any thread.
std::optional<long_term_key> long_term_key_of(const verdict& decided, std::string_view username,
                                              std::string_view realm, stun::digest hash,
                                              spelling form);

}  // namespace relayauth::credential
