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

// guarded_time is the wall clock as it was read, and whether it was held then: whoever decides by
// one of them goes by the other, whatever another thread finds meanwhile.
struct guarded_time {
    wall_time wall;
    bool held = false;
};

// clock_standing is what the last look found; to be shown.
struct clock_standing {
    bool held = false;
    hold_reason reason = hold_reason::none;
    ticks off{0};       // from where it was trusted; with guard_mode::off always 0
    std::string words;  // about `off`, empty when there is nothing to say
};

// guarded_clock is the clock that decides, watched by a clock_guard: at each read(), so that the
// first request after a step already meets it, and at each tick(), for a server that is idle.
// Safe from any thread; takes no lock while the clock is steady.
class guarded_clock {
public:
    // told is called with each event, one at a time, on the thread that found it.
    using told = std::function<void(const guard_event&, const guard_settings&)>;

    // `time` must outlive it.
    guarded_clock(const clock& time, const guard_settings& settings, told tell);

    // read is for decisions. What it gives belongs together: the lag that this reading shows,
    // within least_step, is the one that was found held or not.
    guarded_time read() {
        const auto wall = time_.wall();
        if (mode_ == guard_mode::off) return {wall, false};
        const clock_reading now{wall, time_.boot()};
        const auto found = found_.load(std::memory_order_acquire);
        const auto moved = now.lag() - lag_of(found);
        if (moved < least_step && moved > -least_step) return {wall, is_held(found)};
        return look();
    }
    // wall is for dates and stamps, which decide nothing.
    wall_time wall() const { return time_.wall(); }
    mono_time mono() const { return time_.mono(); }

    // tick looks at the clock and asks the kernel about it; to be called every sweep_interval.
    void tick();
    // accept trusts the clock as it stands. False: nothing was wrong with it.
    bool accept();

    // holds: whether the last look found the clock held; to be shown. read() is what decides.
    bool holds() const { return is_held(found_.load(std::memory_order_acquire)); }
    // Counts how often something happened to it; the words of why() also change with time.
    std::uint64_t generation() const { return generation_.load(std::memory_order_acquire); }
    std::string why() const;
    clock_standing standing() const;
    std::uint64_t steps() const { return steps_.load(std::memory_order_relaxed); }
    kernel_sync kernel() const;
    guard_mode mode() const { return mode_; }

private:
    // What the last look found is one number, so that nobody sees the half of it: the lag in ticks,
    // and in the lowest bit whether the clock is held.
    static constexpr std::int64_t pack(ticks lag, bool held) {
        constexpr std::int64_t most = std::int64_t{1} << 61;  // 7,300 years from 1601
        const auto count = lag.count() > most ? most : lag.count() < -most ? -most : lag.count();
        return count * 2 + (held ? 1 : 0);
    }
    static constexpr bool is_held(std::int64_t found) { return (found & 1) != 0; }
    static constexpr ticks lag_of(std::int64_t found) { return ticks(found >> 1); }

    guarded_time look();
    clock_reading read_closely() const;
    void publish(const std::vector<guard_event>& happened);

    const clock& time_;
    const guard_mode mode_;
    const told tell_;
    mutable std::mutex guarding_;  // guard_, and the order of events
    clock_guard guard_;
    std::atomic<std::int64_t> found_{0};
    std::atomic<std::uint64_t> generation_{0};
    std::atomic<std::uint64_t> steps_{0};
};

}  // namespace relayauth::net
