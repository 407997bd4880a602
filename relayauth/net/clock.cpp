#include "relayauth/net/clock.hpp"

#include <sys/timex.h>
#include <time.h>

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

mono_time system_clock::boot() const {
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return mono_time(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

// adjtimex(2), which changes nothing while `modes` is 0.
kernel_sync system_clock::kernel() const {
    timex asked{};
    const int state = ::adjtimex(&asked);
    if (state < 0) return kernel_sync::unknown;
    return state == TIME_ERROR || (asked.status & STA_UNSYNC) != 0 ? kernel_sync::unsynchronised
                                                                   : kernel_sync::synchronised;
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
