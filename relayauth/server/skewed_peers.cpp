#include "relayauth/server/skewed_peers.hpp"

namespace relayauth::server {

// Walks over all of them: this happens when a peer's clock is wrong, not at every request.
bool skewed_peers::is_due(const session::ip_octets& address, mono_time now) {
    const std::lock_guard lock(naming_);
    for (const auto& each : peers_) {
        if (each.at && each.address == address) return now - *each.at >= named_again_after;
    }
    return true;
}

void skewed_peers::name(const session::ip_octets& address, mono_time now) {
    const std::lock_guard lock(naming_);
    auto* place = peers_.data();
    for (auto& each : peers_) {
        if (each.at && each.address == address) {
            place = &each;
            break;
        }
        if (each.at < place->at) place = &each;  // an empty one is before all others
    }
    *place = {address, now};
}

}  // namespace relayauth::server
