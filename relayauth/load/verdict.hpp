#pragma once

#include "relayauth/load/goals.hpp"
#include "relayauth/load/result.hpp"

#include <chrono>
#include <vector>

namespace relayauth::load {

// A request counts as sent late when the generator itself let over this pass.
inline constexpr std::chrono::milliseconds late_by{1};
// More of them than this share, and the latencies are the generator's own.
inline constexpr double most_sent_late = 0.01;
// Nor may it stand still for so long, busy elsewhere or stopped: that many planned requests then
// have a latency that is its own.
inline constexpr std::chrono::milliseconds longest_own_stall{100};
// A thread busier than this, or busy and kept waiting for a processor, has a queue of its own in
// front of its sockets.
inline constexpr double busiest_thread = 0.95;
// A run that ends further behind its plan than this is overloaded; less may be one slow answer.
inline constexpr std::chrono::milliseconds most_behind{100};

// judge says what a finished run is worth, by these limits and the goals. Void, when the generator
// was the limit, comes before all else: then no figure of the run tells anything of the server.
verdict judge(const result& of, const std::vector<goal>& goals);

}  // namespace relayauth::load
