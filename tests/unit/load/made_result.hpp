#pragma once

#include "relayauth/load/result.hpp"

namespace relayauth::load {

// made_result is a whole result as a run of 60 s at 5,000 a second could leave it: a pause of two
// seconds in which the server answers nothing, a few refusals, an answer that is wrong. Always
// the same.
result made_result();

// long_result has 1,200 intervals, none of them quiet.
result long_result();

// failed_result is a run of one second in which nothing came out good.
result failed_result();

// slow_result has latencies of 60 s and more.
result slow_result();

}  // namespace relayauth::load
