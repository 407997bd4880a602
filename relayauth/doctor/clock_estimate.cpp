#include "relayauth/doctor/clock_estimate.hpp"

#include "relayauth/client/clock_difference.hpp"

#include <algorithm>
#include <chrono>

namespace relayauth::doctor {
namespace {

// A rough reading as it most likely is: clocks are right, or wrong by whole minutes or hours. What
// that is off the middle is error too.
clock_reading on_the_minute(clock_reading rough) {
    const ticks whole = rounded<std::chrono::minutes>(rough.ahead);
    const auto shift = std::chrono::abs(whole - rough.ahead);
    if (rough.error <= std::chrono::seconds(1) || shift > rough.error) return rough;
    rough.ahead = whole;
    rough.error += shift;
    return rough;
}

// Half of the sum, without the sum.
ticks middle(ticks least, ticks most) {
    return least / 2 + most / 2;
}

}  // namespace

void rpc_estimate::add(wall_time sent_at, wall_time read_at, wall_time written_at,
                       wall_time received_at) {
    ++count_;
    // What the server says it took may be a lie: it takes no more off than there is.
    const auto whole = std::max(received_at - sent_at, ticks{0});
    const auto there = std::clamp(written_at - read_at, ticks{0}, whole);
    const auto delay = whole - there;
    if (delay >= delay_) return;
    delay_ = delay;
    ahead_ = client::server_ahead_by_rpc(sent_at, read_at, written_at, received_at);
}

std::optional<clock_reading> rpc_estimate::best() const {
    if (count_ == 0) return std::nullopt;
    return on_the_minute({ahead_, delay_ / 2, count_, clock_reading::source::rpc});
}

void date_estimate::add(wall_time date, wall_time sent_at, wall_time received_at) {
    // The server wrote it between the two, when its clock showed date to date + 1 s.
    const auto least = date - received_at;
    const auto most = (date + std::chrono::seconds(1)) - sent_at;
    const bool fits = count_ > 0 && least <= most_ && most >= least_;
    // A clock that stepped in between fits no more: the newer counts.
    least_ = fits ? std::max(least_, least) : least;
    most_ = fits ? std::min(most_, most) : most;
    ++count_;
}

std::optional<clock_reading> date_estimate::best() const {
    if (count_ == 0) return std::nullopt;
    return on_the_minute(
        {middle(least_, most_), most_ / 2 - least_ / 2, count_, clock_reading::source::date});
}

bool disagree(const clock_reading& one, const clock_reading& other) {
    // 2 s on top: the work between the two measurements, and a clock that is being slewed.
    constexpr ticks slack = std::chrono::seconds(2);
    return std::chrono::abs(one.ahead / 2 - other.ahead / 2) >
           one.error / 2 + other.error / 2 + slack / 2;
}

}  // namespace relayauth::doctor
