#include "patience.hpp"

#include <thread>

namespace relayauth::lab {

bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds within) {
    const stopwatch running;
    while (!condition()) {
        if (running.elapsed() >= within) return condition();
        std::this_thread::sleep_for(5ms);
    }
    return true;
}

}  // namespace relayauth::lab
