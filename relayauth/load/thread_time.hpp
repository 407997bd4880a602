#pragma once

#include <chrono>

namespace relayauth::load {

// thread_time is what the kernel's scheduler says of the calling thread: how long it ran, and how
// long it could have run and had no processor.
struct thread_time {
    std::chrono::nanoseconds ran{0};
    std::chrono::nanoseconds waited{0};  // 0 where the kernel does not tell
};
thread_time own_thread_time();

}  // namespace relayauth::load
