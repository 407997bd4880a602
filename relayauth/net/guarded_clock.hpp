#pragma once

#include "relayauth/net/clock.hpp"
#include "relayauth/net/clock_guard.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace relayauth::net {

// guarded_clock is the clock that decides, watched by a clock_guard: at each wall(), so that the
// first request after a step already meets it, and at each tick(), for a server that is idle.
// Safe from any thread; takes no lock while the clock is steady.
class guarded_clock {
public:
    // told is called with each event, one at a time, on the thread that found it.
    using told = std::function<void(const guard_event&, const guard_settings&)>;

    // `time` must outlive it.
    guarded_clock(const clock& time, const guard_settings& settings, told tell);

    wall_time wall() {
        const auto wall = time_.wall();
        if (mode_ == guard_mode::off) return wall;
        const clock_reading now{wall, time_.boot()};
        const auto moved = now.lag() - ticks(seen_lag_.load(std::memory_order_acquire));
        if (moved < least_step && moved > -least_step) return wall;
        return look().wall;
    }
    mono_time mono() const { return time_.mono(); }

    // tick looks at the clock and asks the kernel about it; to be called about once a second.
    void tick();
    // accept trusts the clock as it stands. False: nothing was wrong with it.
    bool accept();

    // holds: whether credentials may not be decided about now. In the order of wall(): a thread
    // that was given a time after a step sees what the step led to.
    bool holds() const { return holds_.load(std::memory_order_acquire); }
    // Counts how often why() changed.
    std::uint64_t generation() const { return generation_.load(std::memory_order_acquire); }
    std::string why() const;
    std::uint64_t steps() const { return steps_.load(std::memory_order_relaxed); }
    kernel_sync kernel() const;
    guard_mode mode() const { return mode_; }

private:
    clock_reading look();
    clock_reading read_closely() const;
    void publish(const std::vector<guard_event>& happened);

    const clock& time_;
    const guard_mode mode_;
    const told tell_;
    mutable std::mutex guarding_;  // guard_, and the order of events
    clock_guard guard_;
    std::atomic<std::int64_t> seen_lag_{0};
    std::atomic<std::uint64_t> generation_{0};
    std::atomic<std::uint64_t> steps_{0};
    std::atomic<bool> holds_{false};
};

}  // namespace relayauth::net
