#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relayauth::lab {

// moved_clock gives the environment that runs a program with libfaketime, its wall clock wrong by
// `offset` (`+8h`, `-30d`) and its monotonic one true. Asio's timers need pass_timers before it. A
// libfaketime that is missing is a test failure.
std::vector<std::string> moved_clock(std::string_view offset);

}  // namespace relayauth::lab
