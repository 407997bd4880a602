#include "relayauth/base/validity_window.hpp"

namespace relayauth {

wall_time validity_window::opens_at(const validity_limits& limits) const {
    const auto issued = issued_at.value_or(expires_at - limits.accept_lifetime);
    return issued - limits.tolerance;
}

wall_time validity_window::closes_at(const validity_limits& limits) const {
    return expires_at + limits.expiry_grace;
}

validity validity_window::check(const validity_limits& limits, wall_time now) const {
    if (now < opens_at(limits)) return issued_at ? validity::not_yet_valid : validity::minted_ahead;
    if (now < closes_at(limits)) return validity::valid;
    return validity::expired;
}

}  // namespace relayauth
