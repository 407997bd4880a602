#include "relayauth/load/schedule.hpp"

#include <cmath>

namespace relayauth::load {
namespace {

using std::chrono::duration;
using std::chrono::nanoseconds;

double seconds_of(nanoseconds time) {
    return duration<double>(time).count();
}

// gap is how many requests are expected between this arrival and the one before: exponential with
// mean 1, which makes the arrivals a Poisson process.
double gap(std::uint64_t seed, std::uint64_t index) {
    // 53 bits, from above 0 to 1: the logarithm of neither end is infinite.
    const auto uniform = (static_cast<double>(random_of(seed, index) >> 11) + 1) * 0x1p-53;
    return -std::log(uniform);
}

}  // namespace

std::uint64_t random_of(std::uint64_t seed, std::uint64_t index) {
    auto mixed = seed * 0xD1342543DE82EF95u + (index + 1) * 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
    return mixed ^ mixed >> 31;
}

schedule::schedule(const options& chosen)
    : rate_from_(chosen.rate_from()),
      rate_to_(chosen.rate_to()),
      warm_up_(seconds_of(chosen.warm_up)),
      ramp_length_(seconds_of(chosen.duration)),
      arrivals_(chosen.arrivals),
      seed_(chosen.seed) {
    if (arrivals_ == arrivals::poisson) expected_ = gap(seed_, 0);
    planned_ = time_of(expected_);
}

void schedule::advance() {
    ++index_;
    expected_ = arrivals_ == arrivals::poisson ? expected_ + gap(seed_, index_)
                                               : static_cast<double>(index_);
    planned_ = time_of(expected_);
}

// The number of requests expected by t is rate_from * t until the warm-up ends, and from then on
// grows by rate_from * s + (rate_to - rate_from) * s^2 / (2 * length): this is its inverse.
nanoseconds schedule::time_of(double expected) const {
    const auto in_warm_up = rate_from_ * warm_up_;
    double time = expected / rate_from_;
    if (expected > in_warm_up && rate_from_ != rate_to_ && ramp_length_ > 0) {
        const auto left = expected - in_warm_up;
        const auto bend = (rate_to_ - rate_from_) / (2 * ramp_length_);
        const auto under_root = rate_from_ * rate_from_ + 4 * bend * left;
        // A falling rate would reach 0 after the run's end, and no later request is ever planned.
        if (under_root < 0) return nanoseconds::max();
        time = warm_up_ + 2 * left / (rate_from_ + std::sqrt(under_root));
    }
    if (time > 1e9) return nanoseconds::max();
    return nanoseconds(std::llround(time * 1e9));
}

}  // namespace relayauth::load
