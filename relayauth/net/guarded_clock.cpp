#include "relayauth/net/guarded_clock.hpp"

#include <utility>

namespace relayauth::net {
namespace {

// Two clocks cannot be read at once: a thread that loses its processor between them would take the
// pause for a step. A reading that took no longer than this is good; else the best of some.
constexpr std::chrono::nanoseconds close_enough = std::chrono::milliseconds(1);
constexpr int most_tries = 16;

}  // namespace

guarded_clock::guarded_clock(const clock& time, const guard_settings& settings, told tell)
    : time_(time),
      mode_(settings.mode),
      tell_(std::move(tell)),
      guard_(settings, read_closely()),
      found_(pack(guard_.seen_lag(), false)) {}

clock_reading guarded_clock::read_closely() const {
    clock_reading best{};
    auto least = std::chrono::nanoseconds::max();
    for (int i = 0; i < most_tries && least > close_enough; ++i) {
        const auto before = time_.boot();
        const auto wall = time_.wall();
        const auto took = time_.boot() - before;
        if (took < least) {
            least = took;
            best = {wall, before + took / 2};
        }
    }
    return best;
}

guarded_time guarded_clock::look() {
    const std::lock_guard lock(guarding_);
    std::vector<guard_event> happened;
    const auto now = read_closely();
    guard_.observe(now, happened);
    publish(happened);
    return {now.wall, guard_.holds()};
}

void guarded_clock::tick() {
    if (mode_ == guard_mode::off) return;
    const auto says = time_.kernel();
    const std::lock_guard lock(guarding_);
    std::vector<guard_event> happened;
    const auto now = read_closely();
    guard_.observe(now, happened);
    guard_.observe_kernel(says, now, happened);
    publish(happened);
}

bool guarded_clock::accept() {
    const std::lock_guard lock(guarding_);
    std::vector<guard_event> happened;
    const bool was_wrong = guard_.accept(read_closely(), happened);
    publish(happened);
    return was_wrong;
}

std::string guarded_clock::why() const {
    const std::lock_guard lock(guarding_);
    return guard_.why(time_.boot());
}

clock_standing guarded_clock::standing() const {
    const std::lock_guard lock(guarding_);
    return {guard_.holds(), guard_.reason(), guard_.off(), guard_.off_words()};
}

kernel_sync guarded_clock::kernel() const {
    const std::lock_guard lock(guarding_);
    return guard_.kernel();
}

// With guarding_ held.
void guarded_clock::publish(const std::vector<guard_event>& happened) {
    if (!happened.empty()) generation_.fetch_add(1, std::memory_order_release);
    steps_.store(guard_.steps(), std::memory_order_relaxed);
    found_.store(pack(guard_.seen_lag(), guard_.holds()), std::memory_order_release);
    for (const auto& each : happened) tell_(each, guard_.settings());
}

}  // namespace relayauth::net
