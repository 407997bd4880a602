#pragma once

#include "relayauth/certificate/identity.hpp"
#include "relayauth/keyring/ring.hpp"

namespace relayauth::server {

// signing_key_of derives the token keys of a private key: purposes `username tag`, `password` and
// `client id` (design notes, section 3).
keyring::signing_key signing_key_of(const certificate::identity& identity);

}  // namespace relayauth::server
