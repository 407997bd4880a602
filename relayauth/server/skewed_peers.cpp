#include "relayauth/server/skewed_peers.hpp"

namespace relayauth::server {

// A walk over all of them: this happens when a peer's clock is wrong, not at every request.
bool skewed_peers::admit(const session::ip_octets& address, mono_time now) {
    const std::lock_guard lock(naming_);
    auto* place = peers_.data();
    for (auto& each : peers_) {
        if (each.at && each.address == address) {
            if (now - *each.at < named_again_after) return false;
            each.at = now;
            return true;
        }
        if (each.at < place->at) place = &each;  // an empty one is before all others
    }
    *place = {address, now};
    return true;
}

}  // namespace relayauth::server
