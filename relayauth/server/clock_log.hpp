#pragma once

#include "relayauth/net/guarded_clock.hpp"
#include "relayauth/server/log.hpp"
#include "relayauth/server/options.hpp"

namespace relayauth::server {

// guard_settings_of is what the options say about the guard of our own clock.
net::guard_settings guard_settings_of(const options& chosen);

// clock_log gives what writes a line for each event of the clock guard. `output` must outlive it.
net::guarded_clock::told clock_log(log& output);

}  // namespace relayauth::server
