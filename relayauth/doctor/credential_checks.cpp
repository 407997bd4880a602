#include "relayauth/doctor/checks.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>

namespace relayauth::doctor {
namespace {

using weight = trouble::weight;

const std::string refused_everywhere =
    "relays answer 401 to every user of this server, whatever the network is like";

bool has_credential(const findings& seen) {
    return seen.credential && seen.credential->problem.empty();
}

check no_credential(std::string name) {
    return {std::move(name), verdict::skipped, "there is no credential to try"};
}

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

check judge_validation(const findings& seen) {
    if (!reached(seen) || !seen.rpc) return {"validation", verdict::skipped, "not reached"};
    const auto& rpc = *seen.rpc;
    if (rpc.no_rpc) {
        return {"validation", verdict::skipped,
                "the server has no rpc door (an original Edge has none)"};
    }
    if (!has_credential(seen)) return no_credential("validation");
    if (!rpc.validated) return {"validation", verdict::skipped, "no verdict came over rpc"};
    check made{"validation", verdict::ok,
               "good, signed by key " + printable(rpc.signed_by) +
                   "; with another password it is refused"};
    if (!rpc.refused.empty()) {
        made.verdict = verdict::fail;
        made.words = "its own fresh credential is refused: " + printable(rpc.refused);
        if (!rpc.refused_words.empty()) made.words += ": " + printable(rpc.refused_words);
        made.troubles.push_back(
            {weight::judge, "the server refuses the credential that it has just given out",
             refused_everywhere,
             "if several servers share " + seen.server +
                 ", give all of them the same key and the right time: one minted, another judged"});
    } else if (!rpc.wrong_password_refused) {
        made.verdict = verdict::fail;
        made.words = "good, but it is also good with a WRONG password";
        made.troubles.push_back({weight::judge,
                                 "the server accepts wrong passwords",
                                 {},
                                 "do not use this server: what answers is no relayauth",
                                 "nothing: it works for them, and for everybody else"});
    }
    return made;
}

check judge_key(const findings& seen) {
    if (!seen.key) return {"key", verdict::skipped, "no --certificate was given to compare with"};
    const auto& key = *seen.key;
    const auto wanted = printable(key.file) + " (key " + key.wanted_id + ")";
    // The signature is a proof; the id only what the server says.
    if (!key.signed_the_token && key.server_id.empty()) {
        return {"key", verdict::skipped,
                has_credential(seen) ? "the private key is needed (--key), since the server does "
                                       "not tell which key it has"
                                     : "there is no credential to compare with"};
    }
    const bool same = key.signed_the_token.value_or(key.server_id == key.wanted_id);
    if (same) {
        return {"key", verdict::ok,
                key.signed_the_token ? "the credential is signed by " + wanted
                                     : "the server says that it has that of " + wanted};
    }
    check made{"key", verdict::fail, "the server mints with ANOTHER key than " + wanted};
    if (!key.server_id.empty()) made.words += ": key " + printable(key.server_id);
    made.troubles.push_back(
        {weight::key, "the server mints with another key than that of " + printable(key.file),
         "whoever judges by that key answers `unknown_key`, and relays 401",
         "give all servers of the pool, and whoever judges, the same private key (SIGHUP reads "
         "it again); names and dates of the certificate do not matter"});
    return made;
}

}  // namespace relayauth::doctor
