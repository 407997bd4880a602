#pragma once

#include "relayauth/base/mono_time.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/net/clock_guard.hpp"

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

// system_clock is the machine's clocks, the wall clock moved by a fixed offset (--clock-offset).
class system_clock final : public clock {
public:
    explicit system_clock(ticks offset) : offset_(offset) {}
    wall_time wall() const override;
    mono_time mono() const override;
    mono_time boot() const override;
    kernel_sync kernel() const override;

private:
    ticks offset_;
};

}  // namespace relayauth::net
