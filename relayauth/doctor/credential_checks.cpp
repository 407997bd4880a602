#include "relayauth/doctor/checks.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"

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
    for (const auto& each : got.relays) {
        made.words += (&each == &got.relays.front() ? "; relays: " : "; ") + printable(each);
    }
    if (got.relays.empty()) {
        made.verdict = verdict::warn;
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
