#include "relayauth/server/signing_key.hpp"

namespace relayauth::server {

keyring::signing_key signing_key_of(const certificate::identity& identity) {
    return keyring::signing_key(identity.about().key_id,
                                {identity.derive("username tag"), identity.derive("password"),
                                 identity.derive("client id")});
}

}  // namespace relayauth::server
