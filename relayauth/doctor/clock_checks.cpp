#include "relayauth/doctor/checks.hpp"

#include "relayauth/base/time_text.hpp"

#include <chrono>
#include <string>

namespace relayauth::doctor {
namespace {

using weight = trouble::weight;

std::int64_t milliseconds_of(ticks d) {
    return rounded<std::chrono::milliseconds>(d).count();
}

std::string offset_words(const clock_reading& clock) {
    if (std::chrono::abs(clock.ahead) <= clock.error)
        return "the server's clock is equal to this machine's";
    const auto shown =
        std::chrono::abs(clock.ahead) > equal_clocks ? near_minute(clock.ahead) : clock.ahead;
    return "the server's clock is " + duration_text(shown) +
           (clock.ahead > ticks{0} ? " AHEAD of" : " BEHIND") + " this machine's";
}

std::string how_measured(const clock_reading& clock) {
    return " (right to " + duration_text(clock.error) + ", " + std::to_string(clock.exchanges) +
           (clock.exchanges == 1 ? " exchange" : " exchanges") +
           (clock.by == clock_reading::source::rpc ? ")" : " by their Date)");
}

// What the offset does to a credential of this lifetime.
std::string symptom_of(ticks ahead, ticks lifetime, ticks tolerance) {
    if (ahead > tolerance) {
        const auto by = duration_text(near_minute(ahead));
        return "relays refuse fresh credentials as `not_yet_valid` (v1 and TURN REST: "
               "`minted_ahead`); a relay that knows only a shared secret keeps them " +
               by + " too long; and the server refuses those of other servers as `expired`" +
               (near_minute(ahead) < lifetime ? ", " + by + " too early" : "");
    }
    if (-ahead >= lifetime - tolerance) {
        return "relays refuse fresh credentials as `expired`, at once or within minutes";
    }
    return "credentials expire " + duration_text(near_minute(ahead)) +
           " too early, in the middle of calls, and the server refuses those of other servers as "
           "`not_yet_valid`";
}

ticks lifetime_of(const findings& seen) {
    const bool known = seen.credential && seen.credential->duration_minutes > 0;
    return known ? ticks(std::chrono::minutes(seen.credential->duration_minutes))
                 : ticks(std::chrono::hours(8));
}

std::string which_is_wrong(const findings& seen) {
    const auto& synchronised = seen.kernel.synchronised;
    if (synchronised && *synchronised) {
        return "mend the clock and time zone of the server (this machine's clock is synchronised)";
    }
    return "find out which of the two clocks is wrong, since this machine's is not known to be "
           "synchronised (`chronyc tracking`, `w32tm /query /status`); mend its clock and zone";
}

std::string symptom_of(const findings& seen, const clock_reading& clock) {
    if (!seen.service || seen.service->granted()) {
        return symptom_of(clock.ahead, lifetime_of(seen), seen.tolerance);
    }
    if (seen.service->clock_held()) {
        return "no credentials are given out while it holds (Server Busy)";
    }
    return "no credential was given to this machine";
}

void judge_offset(check& made, const findings& seen, const clock_reading& clock) {
    if (!clocks_differ(seen)) return;
    const bool beyond = std::chrono::abs(clock.ahead) > seen.tolerance;
    made.verdict = beyond ? verdict::fail : verdict::warn;
    const auto zone = time_zone_words(clock.ahead);
    if (zone) made.words += "; " + *zone;
    trouble found{
        beyond ? weight::clock : weight::note, offset_words(clock), {}, which_is_wrong(seen)};
    if (zone) found.headline += " (" + *zone + ")";
    if (beyond) {
        found.symptom =
            symptom_of(seen, clock) +
            "; a Front End whose own clock is wrong logs `Message expired in the outbound "
            "queue before it could be sent` for SERVICE";
    } else {
        found.symptom = "none yet: " + duration_text(seen.tolerance) + " are tolerated";
    }
    made.troubles.push_back(found);
}

}  // namespace

bool clocks_differ(const findings& seen) {
    return seen.clock && std::chrono::abs(seen.clock->ahead) > equal_clocks + seen.clock->error;
}

check judge_clock(const findings& seen) {
    if (!seen.clock) {
        return {"clock", verdict::skipped,
                reached(seen) ? "the server tells no time (no rpc, no Date)" : "not reached"};
    }
    const auto& clock = *seen.clock;
    check made{"clock", verdict::ok, offset_words(clock) + how_measured(clock)};
    made.numbers = {{"offset_ms", milliseconds_of(clock.ahead)},
                    {"error_ms", milliseconds_of(clock.error)},
                    {"exchanges", static_cast<std::int64_t>(clock.exchanges)}};
    judge_offset(made, seen, clock);
    if (seen.date_clock && disagree(clock, *seen.date_clock)) {
        made.verdict = verdict::fail;
        made.words += "; yet by the Date of the SERVICE answer " + offset_words(*seen.date_clock);
        // First, since `the server's clock` is not the whole truth then.
        made.troubles.insert(made.troubles.begin(),
                             {weight::clock,
                              "two clocks answer at " + seen.server +
                                  ": several servers share it, and one of them has the wrong time",
                              "users are refused or not, by chance",
                              "run doctor against each server of the pool by its own address"});
    }
    return made;
}

check judge_own_clock(const findings& seen) {
    const auto& kernel = seen.kernel;
    if (!kernel.synchronised) {
        return {"own clock", verdict::skipped, "the kernel cannot be asked about its clock"};
    }
    if (*kernel.synchronised) {
        return {"own clock", verdict::ok,
                "this machine's kernel says it is synchronised (to " +
                    duration_text(kernel.max_error) + ")"};
    }
    const std::string words = "this machine's kernel says it is NOT synchronised";
    if (!seen.clock)
        return {"own clock", verdict::skipped, words + "; there is no other to compare"};
    if (!clocks_differ(seen)) return {"own clock", verdict::ok, words + ", yet the two agree"};
    check made{"own clock", verdict::warn, words + ": it may be the wrong one"};
    made.troubles.push_back({weight::note,
                             "this machine's own clock is not synchronised",
                             {},
                             "run a time service on this machine, then run doctor again"});
    return made;
}

}  // namespace relayauth::doctor
