#pragma once

#include <algorithm>
#include <chrono>

namespace relayauth::doctor {

// time_budget is the time that is left of a whole.
class time_budget {
public:
    explicit time_budget(std::chrono::milliseconds whole)
        : ends_(std::chrono::steady_clock::now() + whole) {}

    // left is at least 1 ms: what waits must be told a time that is not past.
    std::chrono::milliseconds left() const {
        const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(
            ends_ - std::chrono::steady_clock::now());
        return std::max(rest, std::chrono::milliseconds(1));
    }
    bool spent() const { return std::chrono::steady_clock::now() >= ends_; }

private:
    std::chrono::steady_clock::time_point ends_;
};

// stopwatch measures from its making.
class stopwatch {
public:
    std::chrono::milliseconds elapsed() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - began_);
    }

private:
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace relayauth::doctor
