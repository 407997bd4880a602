#pragma once

#include "relayauth/base/wall_time.hpp"

namespace relayauth::credential {

// live_rule is what the end of a credential means to a session that began while it was good.
enum class live_rule {
    allocate_only,  // nothing: expiry is looked at when the session is made
    refresh_grace,  // its requests are refused from expiry + live_policy::grace on
    hard,           // it must be cut at the expiry; the verdict says when
};

struct live_policy {
    live_rule rule = live_rule::refresh_grace;
    ticks grace{0};  // of refresh_grace, beside validity_limits::expiry_grace
};

}  // namespace relayauth::credential
