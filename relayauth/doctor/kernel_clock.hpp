#pragma once

#include "relayauth/base/wall_time.hpp"

#include <optional>

namespace relayauth::doctor {

// kernel_clock is what the kernel says of this machine's clock.
struct kernel_clock {
    std::optional<bool> synchronised;  // nothing: it could not be asked
    ticks max_error{0};                // of a synchronised clock
};

// ask_kernel asks (adjtimex, read only). Needs no rights. Safe from any thread.
kernel_clock ask_kernel();

}  // namespace relayauth::doctor
