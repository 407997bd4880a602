#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/wall_time.hpp"

#include <string>

namespace relayauth::cli {

// zone_offset is how far local time in `zone` (`America/Los_Angeles`) is from UTC at `now`, by the
// system's time zone database; negative west of Greenwich. Fails in one line that says where zones
// are listed. It changes TZ for a moment: not for use beside other threads.
result<ticks, std::string> zone_offset(const std::string& zone, wall_time now);

}  // namespace relayauth::cli
