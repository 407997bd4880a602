#pragma once

#include "relayauth/load/result.hpp"
#include "relayauth/load/svg_chart.hpp"

#include <string>

namespace relayauth::load {

// The charts of a result. Pure; safe from any thread.

// throughput_chart shows what was planned, what came out good and what did not, a second, over the
// time of the run.
svg_chart throughput_chart(const result& from);

// latency_chart shows p50, p99 and the largest latency over the time of the run.
svg_chart latency_chart(const result& from);

// percentile_chart shows latency and service time at each percentile, both axes logarithmic.
svg_chart percentile_chart(const result& from);

// percentile_svg is percentile_chart as a file of its own, for a README.
std::string percentile_svg(const result& from);

}  // namespace relayauth::load
