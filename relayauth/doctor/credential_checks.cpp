#include "relayauth/doctor/checks.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace relayauth::doctor {
namespace {

using weight = trouble::weight;

// Less than this is over before a call is.
constexpr ticks useful_life = std::chrono::minutes(10);
// What its token and its duration may differ by: rounding, and the way here.
constexpr ticks same_life = std::chrono::minutes(1);

// The time of the server that minted it, when this examination began. The Date came with the
// credential; rpc may be another server of a pool.
std::optional<wall_time> minting_time(const findings& seen) {
    const auto& by = seen.date_clock ? seen.date_clock : seen.clock;
    if (!by) return std::nullopt;
    return seen.at + by->ahead;
}

// The headline has no numbers: they are others each time.
void blame_life(check& made, verdict how, const std::string& words, const std::string& headline,
                const std::string& symptom) {
    made.verdict = how;
    made.words += "; its token " + words;
    made.troubles.push_back(
        {weight::credential, "the server gives out credentials that " + headline, symptom,
         "see what the server was told of lifetimes (--max-lifetime, "
         "`relayauth lab list`), and whether several servers share its address"});
}

void judge_life(check& made, const findings& seen) {
    const auto& got = *seen.credential;
    const auto now = minting_time(seen);
    if (!now || !got.expires_at) return;
    const auto left = *got.expires_at - *now;
    const ticks promised = std::chrono::minutes(got.duration_minutes);
    if (left <= ticks{0}) {
        blame_life(made, verdict::fail, "EXPIRED " + duration_text(left) + " ago",
                   "have expired already", refused_everywhere);
    } else if (got.issued_at && *got.issued_at - *now > seen.tolerance) {
        blame_life(made, verdict::fail, "begins only in " + duration_text(*got.issued_at - *now),
                   "begin in the future", refused_everywhere);
    } else if (left < useful_life || std::chrono::abs(left - promised) > same_life) {
        const bool soon = left < useful_life;
        blame_life(
            made, verdict::warn, "ends in " + duration_text(left),
            soon ? "are over within minutes" : "end at another time than their duration says",
            "relays answer 401 `expired`, in the middle of calls, once the token has ended");
        made.troubles.back().user_sees =
            "\"Limited External Calling\" from then until the client asks again";
    }
}

}  // namespace

bool has_credential(const findings& seen) {
    return seen.credential && seen.credential->problem.empty();
}

check no_credential(std::string name) {
    return {std::move(name), verdict::skipped, "there is no credential to try"};
}

check judge_credential(const findings& seen) {
    if (!seen.credential) return no_credential("credential");
    const auto& got = *seen.credential;
    check made{"credential", verdict::ok, {}};
    if (!got.problem.empty()) {
        made.verdict = verdict::fail;
        made.words = printable(got.problem);
        made.troubles.push_back(
            {weight::credential, "the server gives out credentials that no relay can read",
             refused_everywhere, "see line `credential`, and what else stands between: a proxy?"});
        return made;
    }
    made.words = got.version.value_or("a form") + ", for " +
                 duration_text(std::chrono::minutes(got.duration_minutes));
    made.numbers.emplace_back("duration_minutes", got.duration_minutes);
    judge_life(made, seen);
    for (const auto& each : got.relays) {
        made.words += (&each == &got.relays.front() ? "; relays: " : "; ") + printable(each);
    }
    if (got.relays.empty()) {
        made.verdict = std::max(made.verdict, verdict::warn);
        made.words += "; NO relays are listed";
        made.troubles.push_back({weight::credential,
                                 "the answer names no media relay",
                                 {},
                                 "name the relays to the server (--relay)"});
    }
    return made;
}

}  // namespace relayauth::doctor
