#pragma once

namespace relayauth::net {

// guard_mode is what a step of our own clock leads to (--clock-guard).
enum class guard_mode {
    off,
    warn,  // a line in the log
    hold,  // and no credential is minted or validated until the clock is back, or confirmed
};

}  // namespace relayauth::net
