#include "relayauth/net/clock.hpp"

#include <chrono>

namespace relayauth::net {

wall_time system_clock::wall() const {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since_1970);
    return wall_time::from_unix(seconds, std::chrono::duration_cast<ticks>(since_1970 - seconds)) +
           offset();
}

mono_time system_clock::mono() const {
    return mono_time(std::chrono::steady_clock::now().time_since_epoch());
}

void system_clock::move(ticks offset, std::int64_t drift_ppm) {
    drift_ppm_.store(0, std::memory_order_relaxed);
    offset_.store(offset.count(), std::memory_order_relaxed);
    drifting_since_.store(mono().since_origin().count(), std::memory_order_relaxed);
    drift_ppm_.store(drift_ppm, std::memory_order_relaxed);
}

ticks system_clock::offset() const {
    const ticks fixed(offset_.load(std::memory_order_relaxed));
    const auto rate = drift_ppm_.load(std::memory_order_relaxed);
    if (rate == 0) return fixed;
    const std::chrono::nanoseconds since(drifting_since_.load(std::memory_order_relaxed));
    return fixed + gained(mono().since_origin() - since, rate);
}

}  // namespace relayauth::net
