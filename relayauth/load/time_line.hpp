#pragma once

#include "relayauth/load/result.hpp"

#include <chrono>
#include <cstddef>
#include <vector>

namespace relayauth::load {

// time_step is a stretch of a run: one interval of its time line, or some that follow each other.
struct time_step {
    std::chrono::duration<double> from{};
    std::chrono::duration<double> to{};
    interval counted;

    // a_second turns a count of this step into a rate.
    double a_second(std::uint64_t count) const;
};

// time_steps gives the whole time line in no more than `most` steps: where it has more intervals,
// as many as need be are added up to one step. Pure; safe from any thread.
std::vector<time_step> time_steps(const result& from, std::size_t most);

// percentile of a step's latency, as the upper end of a bucket that is 3 % wide; 0 if it has none.
// 100 gives the largest.
std::chrono::nanoseconds percentile(const interval& of, double percent);

}  // namespace relayauth::load
