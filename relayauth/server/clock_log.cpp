#include "relayauth/server/clock_log.hpp"

#include "relayauth/base/time_text.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>

namespace relayauth::server {
namespace {

using kind = net::guard_event::kind;

log_level level_of(kind what) {
    switch (what) {
        case kind::stepped:
        case kind::drifted:
        case kind::unsynchronised:
            return log_level::warning;
        case kind::held:
            return log_level::error;
        case kind::synchronised:
        case kind::released:
        case kind::accepted:
            return log_level::info;
    }
    return log_level::error;
}

}  // namespace

net::guard_settings guard_settings_of(const options& chosen) {
    return {.mode = chosen.clock_guard,
            .tolerance = chosen.clock_tolerance,
            .unsynchronised_grace = chosen.unsynchronised_grace};
}

namespace {

// A sick clock may jump at each reading: so many lines of steps and drifts a second, as everywhere.
constexpr int lines_a_second = 10;

struct allowance {
    std::chrono::steady_clock::time_point second;
    int written = 0;
    std::uint64_t left_out = 0;
};

// What changes whether we serve is always told.
bool may_be_left_out(kind what) {
    return what == kind::stepped || what == kind::drifted;
}

bool is_allowed(allowance& so_far) {
    const auto now = std::chrono::steady_clock::now();
    if (now - so_far.second >= std::chrono::seconds(1)) {
        so_far.second = now;
        so_far.written = 0;
    }
    return so_far.written++ < lines_a_second;
}

}  // namespace

net::guarded_clock::told clock_log(log& output) {
    // One event at a time, so what they share needs no lock.
    return [&output, so_far = std::make_shared<allowance>()](const net::guard_event& happened,
                                                             const net::guard_settings& settings) {
        if (may_be_left_out(happened.what) && !is_allowed(*so_far)) {
            ++so_far->left_out;
            return;
        }
        auto line = output.line(net::to_text(happened.what));
        line.field("server_time", utc_text(happened.now));
        if (happened.reason != net::hold_reason::none)
            line.field("reason", net::to_text(happened.reason));
        if (happened.by != ticks{0}) line.field("by", signed_duration_text(happened.by));
        if (happened.off >= net::least_step || happened.off <= -net::least_step)
            line.field("off", signed_duration_text(happened.off));
        if (so_far->left_out > 0) line.field("left_out", std::exchange(so_far->left_out, 0));
        output.write(level_of(happened.what), line.words(net::words(happened, settings)));
    };
}

}  // namespace relayauth::server
