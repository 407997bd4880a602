#include "relayauth/server/clock_log.hpp"

#include "relayauth/base/time_text.hpp"

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

net::guarded_clock::told clock_log(log& output) {
    return [&output](const net::guard_event& happened, const net::guard_settings& settings) {
        auto line = output.line(net::to_text(happened.what));
        line.field("server_time", utc_text(happened.now));
        if (happened.by != ticks{0}) line.field("by", signed_duration_text(happened.by));
        if (happened.off >= net::least_step || happened.off <= -net::least_step)
            line.field("off", signed_duration_text(happened.off));
        output.write(level_of(happened.what), line.words(net::words(happened, settings)));
    };
}

}  // namespace relayauth::server
