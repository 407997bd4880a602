#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/load/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relayauth::load {

// goal is one condition that a run must meet.
struct goal {
    enum class figure { percentile, max, mean, errors_share, errors, rate_share, rate, handshakes };
    figure what = figure::percentile;
    bool of_service = false;  // of the service time, else of the latency
    double percent = 0;       // which percentile
    bool at_most = true;      // `<`: it must be below; `>`: above
    double limit = 0;         // nanoseconds, a share of 1, a number, or a number a second
    std::string text;         // as it was given
};

// parse_goals reads a list such as `p99<2ms,service-p50<300us,errors<0.01%,rate>95%`: p0 to
// p100, max and mean (of the service time with `service-` before it) below a time; errors below
// a share of all planned requests or a number; rate above a share of the planned rate or a number a
// second; handshakes above a number a second. Fails with a line that names the one it does not
// understand.
relayauth::result<std::vector<goal>, std::string> parse_goals(std::string_view text);

// missed says in one line each which goals the run did not meet and what it came to instead. A time
// is missed when nothing was answered well; no errors at all are below any number, 0 included.
std::vector<std::string> missed(const std::vector<goal>& goals, const result& of);

// tolerates_errors: whether one of the goals says how many errors are all right.
bool tolerates_errors(const std::vector<goal>& goals);

}  // namespace relayauth::load
