#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/session/settings.hpp"

#include <memory>
#include <optional>
#include <string>

namespace relayauth::server {

// self_test sends requests through a session of its own, as a client's octets would come, with the
// keys and limits of `in_force`: mints over SIP, validates over rpc, and checks that a wrong
// password and, once it has expired, the same credential are refused. Returns nothing when all is
// well, else what was not, in one line without secrets. Reports no event: nothing of it is counted
// or logged. Safe from any thread.
std::optional<std::string> self_test(std::shared_ptr<const session::settings> in_force,
                                     wall_time now);

}  // namespace relayauth::server
