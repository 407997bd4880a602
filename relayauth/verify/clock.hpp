#pragma once

#include "relayauth/base/wall_time.hpp"

#include <chrono>

namespace relayauth::verify {

// time_point is how times enter and leave the verifier: a relay's own timers and log speak it
// already. Verdicts are decided on wall_time, so a time that it cannot hold (libstdc++: before 1677
// or after 2262) reads as its first or last moment and changes no verdict.
using time_point = std::chrono::system_clock::time_point;  // hygiene: allow clock a type, not read

// to_time_point saturates, as said above; to_wall_time rounds down to 100 ns, which moves no edge:
// they all lie on whole ticks. Pure; safe from any thread.
time_point to_time_point(wall_time t);
wall_time to_wall_time(time_point t);

// system_now reads this machine's clock: what a verifier does when it is given none.
time_point system_now();

}  // namespace relayauth::verify
