#include "relayauth/cli/lab_choice.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/cli/zone_offset.hpp"

#include <charconv>
#include <chrono>
#include <string_view>

namespace relayauth::cli {
namespace {

using server::admin_command;
using std::chrono::milliseconds;

std::optional<std::int64_t> parse_ppm(std::string_view text) {
    constexpr std::string_view unit = "ppm";
    if (!text.ends_with(unit)) return std::nullopt;
    text.remove_suffix(unit.size());
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-')) return std::nullopt;
    }
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size())
        return std::nullopt;
    if (value < -server::most_drift_ppm || value > server::most_drift_ppm) return std::nullopt;
    return value;
}

}  // namespace

result<admin_command, std::string> command_of(const clock_choice& chosen, wall_time now) {
    if (chosen.reset) return server::reset_clock{};
    server::move_clock wanted;
    if (chosen.offset) {
        wanted.offset = parse_duration(*chosen.offset);
        if (!wanted.offset) {
            return "--offset " + printable(*chosen.offset) +
                   ": must be a duration of at most 100 years, as +8h or -5h30m";
        }
    }
    if (chosen.zone) {
        const auto offset = zone_offset(*chosen.zone, now);
        if (!offset) return "--zone: " + offset.error();
        wanted.offset = *offset;
    }
    if (chosen.drift) {
        wanted.drift_ppm = parse_ppm(*chosen.drift);
        if (!wanted.drift_ppm) {
            return "--drift " + printable(*chosen.drift) +
                   ": must be parts per million up to 500000, as 200ppm or -50ppm";
        }
    }
    if (!wanted.offset && !wanted.drift_ppm)
        return std::string("say how: --offset, --zone, --drift or --reset");
    return wanted;
}

result<admin_command, std::string> command_of(const rule_choice& chosen) {
    const int ways = (chosen.identity ? 1 : 0) + (chosen.remove ? 1 : 0) + (chosen.clear ? 1 : 0);
    if (ways != 1) return std::string("say one of: IDENTITY WHAT, --remove IDENTITY, --clear");
    if (chosen.clear) return server::clear_rules{};
    if (chosen.remove) return server::remove_rule(*chosen.remove);
    constexpr std::string_view lies =
        "one of expired, not-yet-valid, wrong-key, lifetime, server-busy, time-out, forbidden, "
        "not-supported, delay, truncated, no-answer, reset";
    if (!chosen.what) return "WHAT is missing: " + std::string(lies);
    const auto what = session::parse_lie(*chosen.what);
    if (!what) return "WHAT must be " + std::string(lies) + ", not " + printable(*chosen.what);
    std::optional<milliseconds> time;
    if (chosen.time) {
        const auto parsed = parse_duration(*chosen.time);
        if (!parsed)
            return "TIME must be a duration in whole numbers, as 10s or 100ms: " +
                   printable(*chosen.time);
        time = std::chrono::duration_cast<milliseconds>(*parsed);
    }
    auto made = session::make_lab_rule(*chosen.identity, *what, time);
    if (!made) return made.error();
    return server::add_rule{*std::move(made)};
}

}  // namespace relayauth::cli
