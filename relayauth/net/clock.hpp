#pragma once

#include "relayauth/base/mono_time.hpp"
#include "relayauth/base/wall_time.hpp"

namespace relayauth::net {

// clock is where the time of day and the monotonic time come from. Workers read it once per inbound
// read and once per write of rpc replies. Implementations are safe from any thread.
class clock {
public:
    virtual ~clock() = default;
    virtual wall_time wall() const = 0;
    virtual mono_time mono() const = 0;
};

// system_clock is the machine's clocks, the wall clock moved by a fixed offset (--clock-offset).
class system_clock final : public clock {
public:
    explicit system_clock(ticks offset) : offset_(offset) {}
    wall_time wall() const override;
    mono_time mono() const override;

private:
    ticks offset_;
};

}  // namespace relayauth::net
