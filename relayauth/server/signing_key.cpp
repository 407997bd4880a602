#include "relayauth/server/signing_key.hpp"

namespace relayauth::server {

secret turn_rest_secret_of(const certificate::identity& identity, std::string_view realm) {
    std::string purpose = "turn rest";
    purpose += '\0';
    purpose += realm;
    const auto derived = identity.derive(purpose);
    secret text(2 * derived.size());
    auto digit = text.reveal_for_writing().begin();
    for (const auto octet : derived.reveal()) {
        constexpr std::string_view digits = "0123456789abcdef";
        *digit++ = static_cast<std::uint8_t>(digits[octet >> 4]);
        *digit++ = static_cast<std::uint8_t>(digits[octet & 15]);
    }
    return text;
}

keyring::key_secrets key_secrets_of(const certificate::identity& identity,
                                    std::span<const std::string> realms) {
    keyring::key_secrets secrets{identity.derive("username tag"),
                                 identity.derive("password"),
                                 identity.derive("client id"),
                                 {}};
    for (const auto& realm : realms) {
        secrets.turn_rest.push_back({realm, turn_rest_secret_of(identity, realm)});
    }
    return secrets;
}

keyring::signing_key signing_key_of(const certificate::identity& identity,
                                    std::span<const std::string> realms) {
    return keyring::signing_key(identity.about().key_id, key_secrets_of(identity, realms));
}

}  // namespace relayauth::server
