#pragma once

#include <chrono>
#include <functional>

namespace relayauth::lab {

using namespace std::chrono_literals;

// A loaded machine with sanitizers is slow, and what is awaited comes at once when all is well: so
// the longest waits are long, and cost time only when a test is about to fail.
inline constexpr std::chrono::seconds patience{30};

// stopwatch measures real time from its making.
class stopwatch {
public:
    std::chrono::milliseconds elapsed() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - began_);
    }

private:
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

// eventually asks `condition` every few milliseconds until it is true, or `within` is over: false.
bool eventually(const std::function<bool()>& condition,
                std::chrono::milliseconds within = patience);

}  // namespace relayauth::lab
