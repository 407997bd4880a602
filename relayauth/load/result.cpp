#include "relayauth/load/result.hpp"

namespace relayauth::load {
namespace {

double a_second(std::uint64_t count, std::chrono::nanoseconds time) {
    if (time.count() <= 0) return 0;
    return static_cast<double>(count) / std::chrono::duration<double>(time).count();
}

}  // namespace

void interval::merge(const interval& other) {
    planned += other.planned;
    good += other.good;
    errors += other.errors;
    handshakes += other.handshakes;
    for (const auto& [bucket, count] : other.latency) latency[bucket] += count;
}

double result::planned_rate() const {
    return a_second(counts.planned(), measured);
}

double result::rate() const {
    return a_second(good_in_time, measured);
}

double result::handshakes_per_second() const {
    return a_second(counts[incident::handshakes], measured);
}

}  // namespace relayauth::load
