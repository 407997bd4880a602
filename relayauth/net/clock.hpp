#pragma once

#include "relayauth/base/mono_time.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/net/clock_guard.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>

namespace relayauth::net {

// clock is where the time of day and the monotonic time come from. Workers read it once per inbound
// read and once per write of rpc replies. Implementations are safe from any thread.
class clock {
public:
    virtual ~clock() = default;
    virtual wall_time wall() const = 0;
    virtual mono_time mono() const = 0;
    // boot is monotonic as well, and goes on while the machine is suspended (CLOCK_BOOTTIME). Its
    // origin may be another one than mono's.
    virtual mono_time boot() const = 0;
    // kernel tells whether something keeps the wall clock right.
    virtual kernel_sync kernel() const = 0;
};

// gained is how far a clock that runs `parts_per_million` fast (negative: slow) is ahead after
// `elapsed`, rounded towards zero. Pure.
constexpr ticks gained(std::chrono::nanoseconds elapsed, std::int64_t parts_per_million) {
    constexpr std::int64_t million = 1'000'000;
    const auto span = std::chrono::duration_cast<ticks>(elapsed).count();
    // In two parts: years of ticks times the rate would not fit.
    return ticks(span / million * parts_per_million + span % million * parts_per_million / million);
}

// movable_clock is one that a lab may make wrong while others read it.
class movable_clock : public clock {
public:
    // move makes wall() the machine's clock plus `offset`, and from now on `drift_ppm` parts per
    // million fast. One thread at a time; who reads meanwhile may once see half of the change.
    virtual void move(ticks offset, std::int64_t drift_ppm) = 0;
    // offset is what wall() adds at this moment, with what the drift has made of it.
    virtual ticks offset() const = 0;
    virtual std::int64_t drift_ppm() const = 0;
};

// system_clock is the machine's clocks, the wall clock moved by an offset, at first --clock-offset.
class system_clock final : public movable_clock {
public:
    explicit system_clock(ticks offset) : offset_(offset.count()) {}
    wall_time wall() const override;
    mono_time mono() const override;
    mono_time boot() const override;
    kernel_sync kernel() const override;
    void move(ticks offset, std::int64_t drift_ppm) override;
    ticks offset() const override;
    std::int64_t drift_ppm() const override { return drift_ppm_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> offset_;             // ticks
    std::atomic<std::int64_t> drift_ppm_{0};       // nearly always 0, and then nothing else is read
    std::atomic<std::int64_t> drifting_since_{0};  // mono_time, nanoseconds
};

}  // namespace relayauth::net
