#pragma once

#include "relayauth/base/secret.hpp"
#include "relayauth/certificate/identity.hpp"
#include "relayauth/keyring/ring.hpp"

#include <span>
#include <string>
#include <string_view>

namespace relayauth::server {

// turn_rest_secret_of derives the TURN REST secret of a realm: purpose `turn rest`, a zero octet
// and the realm; the secret is the 64 lower-case hexadecimal characters of the 32 octets, and that
// text is the HMAC key (design notes, section 3).
secret turn_rest_secret_of(const certificate::identity& identity, std::string_view realm);

// key_secrets_of derives the token keys of a private key: purposes `username tag`, `password` and
// `client id` (design notes, section 3), and the TURN REST secret of each realm, in that order.
keyring::key_secrets key_secrets_of(const certificate::identity& identity,
                                    std::span<const std::string> realms = {});

// signing_key_of is the key of these secrets, under the certificate's key id.
keyring::signing_key signing_key_of(const certificate::identity& identity,
                                    std::span<const std::string> realms = {});

}  // namespace relayauth::server
