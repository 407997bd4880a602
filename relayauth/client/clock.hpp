#pragma once

#include "relayauth/base/wall_time.hpp"

namespace relayauth::client {

// wall_now is this machine's clock. Safe from any thread.
wall_time wall_now();

}  // namespace relayauth::client
