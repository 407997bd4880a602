#pragma once

#include <sys/types.h>

#include <chrono>
#include <vector>

namespace relayauth::compare {

// cpu_time is what a process has had of processors so far, and for how long it was ready to run and
// had to wait for one.
struct cpu_time {
    std::chrono::nanoseconds ran{0}, waited{0};

    cpu_time& operator+=(const cpu_time& other) {
        ran += other.ran;
        waited += other.waited;
        return *this;
    }
};

// cpu_time_of sums up a process and all that it started, user and system time of every thread, in
// nanoseconds: the ticks of times(2) are 10 ms, and a request takes 3 us.
cpu_time cpu_time_of(pid_t id);

// on_cores moves the harness to these processors while it lives: what it starts meanwhile begins
// and stays there.
class on_cores {
public:
    explicit on_cores(const std::vector<int>& cores);
    ~on_cores();
    on_cores(const on_cores&) = delete;
    on_cores& operator=(const on_cores&) = delete;
};

// The harness itself and all generators stay on one core, servers on the other.
inline constexpr int generator_core = 0;
inline constexpr int server_core = 1;

// cores_for_two gives where two workers are: on a core each, beside the generator's if there are
// only two.
std::vector<int> cores_for_two();

}  // namespace relayauth::compare
