#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/client/failure.hpp"
#include "relayauth/load/options.hpp"
#include "relayauth/load/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>

namespace relayauth::load {

// progress is what a run tells of itself once a second.
struct progress {
    std::chrono::nanoseconds elapsed{0};  // since the begin of the warm-up
    bool warming_up = false;
    double planned_rate = 0;             // now, a second; 0 with --closed
    double achieved_rate = 0;            // good answers, in the last second
    std::uint64_t errors = 0;            // since the begin
    histogram::duration p50{0}, p99{0};  // of the last second
};

// run_hooks connect a run with who waits for it. Both are called on the caller's thread.
struct run_hooks {
    std::function<void(const progress&)> tell = [](const progress&) {};
    std::function<bool()> stop_wanted = [] { return false; };  // asked every 20 ms or so
};

// run_load makes the run that `chosen` (without a problem()) describes: connections first, then the
// plan, then the sample. Goals and verdict are left to judge(). Fails with one line that says what
// to do when no run can be made: no server there, no TLS with it, connections that it does not
// take, no files left.
relayauth::result<result, client::failure> run_load(const options& chosen, const run_hooks& hooks);

}  // namespace relayauth::load
