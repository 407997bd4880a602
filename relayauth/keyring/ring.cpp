#include "relayauth/keyring/ring.hpp"

namespace relayauth::keyring {

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
    return now < verifies_until ? key_stage::verifying : key_stage::retired;
}

const signing_key* ring::minting_key(wall_time now) const {
    for (const auto& each : entries_) {
        if (each.stage(now) == key_stage::minting) return &each.key;
    }
    return nullptr;
}

}  // namespace relayauth::keyring
