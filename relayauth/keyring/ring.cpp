#include "relayauth/keyring/ring.hpp"

namespace relayauth::keyring {

signing_key::signing_key(std::string key_id, const key_secrets& secrets)
    : id(std::move(key_id)),
      username_tag(secrets.username_tag),
      password(secrets.password),
      client_id(secrets.client_id) {
    turn_rest.reserve(secrets.turn_rest.size());
    for (const auto& each : secrets.turn_rest) {
        turn_rest.push_back({each.realm, crypto::hmac_sha1_key(each.text)});
    }
}

const realm_key* signing_key::turn_rest_in(std::string_view realm) const {
    for (const auto& each : turn_rest) {
        if (each.realm == realm) return &each;
    }
    return nullptr;
}

std::string_view to_text(key_stage stage) {
    switch (stage) {
        case key_stage::minting:
            return "minting";
        case key_stage::verifying:
            return "verifying";
        case key_stage::retired:
            return "retired";
    }
    return {};
}

key_stage entry::stage(wall_time now) const {
    if (mints) return key_stage::minting;
    return now < serves_until() ? key_stage::verifying : key_stage::retired;
}

const signing_key* ring::minting_key(wall_time now) const {
    for (const auto& each : entries_) {
        if (each.stage(now) == key_stage::minting) return &each.key;
    }
    return nullptr;
}

}  // namespace relayauth::keyring
