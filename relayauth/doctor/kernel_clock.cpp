#include "relayauth/doctor/kernel_clock.hpp"

#include <sys/timex.h>

#include <chrono>

namespace relayauth::doctor {

kernel_clock ask_kernel() {
    struct timex state {};
    const int answer = ::adjtimex(&state);  // no mode bits: nothing is set
    if (answer < 0) return {};
    const bool unsynchronised = answer == TIME_ERROR || (state.status & STA_UNSYNC) != 0;
    return {!unsynchronised, std::chrono::microseconds(state.maxerror)};
}

}  // namespace relayauth::doctor
