#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/keyring/ring.hpp"
#include "relayauth/session/lab_rules.hpp"

#include <memory>

namespace relayauth::session {

// lab_settings are what is wrong on purpose: an immutable snapshot beside the settings, so that
// neither a lab nor new keys disturb the other.
struct lab_settings {
    ticks clock_offset{0};  // how far the clock that judges credentials is moved
    bool on = false;        // --lab: rules may come
    lab_rules rules = {};   // nearly always empty, which is all that a request looks at
    // What lie::wrong_key mints with; not null where there are rules. Shared: key ids that are told
    // of live as long as it does.
    std::shared_ptr<const keyring::ring> other_keys = nullptr;
};

}  // namespace relayauth::session
