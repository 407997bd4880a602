#pragma once

#include "relayauth/net/clock_guard.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace relayauth::net {

using namespace std::chrono_literals;
using kind = guard_event::kind;

// world is a machine whose clocks the test moves; the guard looks at them once a second, or when
// told to.
struct world {
    explicit world(guard_mode mode = guard_mode::hold, std::optional<ticks> grace = {})
        : settings{mode, 300s, grace}, guard(settings, reading()) {}

    clock_reading reading() const { return {wall, mono_time(boot)}; }
    void step(ticks by) { wall = wall + by; }
    // pass lets time go by without a look: a suspend does just that.
    void pass(std::chrono::nanoseconds span) {
        boot += span;
        wall = wall + std::chrono::duration_cast<ticks>(span * (1 + rate));
    }
    std::vector<kind> look() {
        happened.clear();
        guard.observe(reading(), happened);
        return kinds();
    }
    std::vector<kind> kernel_says(kernel_sync says) {
        happened.clear();
        guard.observe_kernel(says, reading(), happened);
        return kinds();
    }
    // run gives what happens in `seconds` seconds with a look at each.
    std::vector<kind> run(std::chrono::seconds seconds) {
        std::vector<kind> all;
        for (; seconds > 0s; seconds -= 1s) {
            pass(1s);
            for (const auto each : look()) all.push_back(each);
        }
        return all;
    }
    std::string why() const { return guard.why(mono_time(boot)); }
    std::vector<kind> kinds() const {
        std::vector<kind> found;
        for (const auto& each : happened) found.push_back(each.what);
        return found;
    }

    wall_time wall = wall_time::from_unix(1'790'000'000s);
    std::chrono::nanoseconds boot = 1000s;
    double rate = 0;  // how much faster than true
    guard_settings settings;
    std::vector<guard_event> happened;
    clock_guard guard;
};

}  // namespace relayauth::net
