#pragma once

#include "bench/median.hpp"

#include <chrono>
#include <cstdio>
#include <vector>

namespace relayauth::doors {

inline constexpr int rounds = 5;

using bench::median;

inline double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// pair is what two sides did, a second, in rounds that took turns: the machine's moods hit both.
struct pair {
    std::vector<double> ours, theirs;

    void print(const char* what, double goal) const {
        const double a = median(ours), b = median(theirs);
        if (b <= 0) return;
        std::printf("%-56s %9.0f / %9.0f  %5.2f  goal %.2f  %s\n", what, a, b, a / b, goal,
                    a / b >= goal ? "reached" : "MISSED");
    }
};

// Each gives whether every answer was right.
bool measure_redis_door();
bool measure_rpc_validate();

}  // namespace relayauth::doors
