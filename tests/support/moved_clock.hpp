#pragma once

#include "temporary_folder.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relayauth::lab {

// moved_clock gives the environment that runs a program with libfaketime, its wall clock wrong by
// `offset` (`+8h`, `-30d`, `-19800`; it knows one unit at a time) and its monotonic one true.
// Asio's timers need pass_timers before it. A libfaketime that is missing is a test failure.
std::vector<std::string> moved_clock(std::string_view offset);

// steered_clock is the same for a clock that the test sets while the program runs: at each reading
// libfaketime looks into a file of ours.
class steered_clock {
public:
    steered_clock() { set("+0"); }
    std::vector<std::string> environment() const;
    // set moves the clock to true time and `offset` (`+8h`, `-120`, `+0 x1.01`).
    void set(std::string_view offset) const;

private:
    temporary_folder folder_;
};

}  // namespace relayauth::lab
