#pragma once

#include "relayauth/load/options.hpp"

#include <chrono>
#include <cstdint>

namespace relayauth::load {

// random_of is a number that depends on nothing but `seed` and `index` (splitmix64).
std::uint64_t random_of(std::uint64_t seed, std::uint64_t index);

// schedule gives the planned time of every request of an open loop, in order, counted from the
// begin of the warm-up: a pure function of rate, seed and index, so every thread, and every repeat
// of a run, has the same plan. Request 0 is planned at 0 (constant arrivals), or after the first
// gap (poisson).
class schedule {
public:
    explicit schedule(const options& chosen);

    // planned is the time of the request that index() names.
    std::chrono::nanoseconds planned() const { return planned_; }
    std::uint64_t index() const { return index_; }
    void advance();

private:
    std::chrono::nanoseconds time_of(double expected) const;

    // How many requests are expected by then, a second and in all.
    double rate_from_, rate_to_, warm_up_, ramp_length_;
    arrivals arrivals_;
    std::uint64_t seed_;
    std::uint64_t index_ = 0;
    double expected_ = 0;
    std::chrono::nanoseconds planned_{0};
};

}  // namespace relayauth::load
