#include "relayauth/doctor/checks.hpp"

#include "relayauth/base/printable.hpp"

#include <algorithm>
#include <string>

namespace relayauth::doctor {
namespace {

using door = rpc_findings::door;
using weight = trouble::weight;

// One server of several does not work; without any answer nobody can say what it is.
void judge_broken(check& made, const findings& seen, const broken_connection& broke) {
    const bool all = seen.rpc->is == door::broken;
    made.verdict = std::max(made.verdict, all ? verdict::fail : verdict::warn);
    made.words += "; a second connection " + how_it_broke(broke);
    made.troubles.push_back(one_of_several(seen, "a second connection", broke));
}

check judge_late_rpc(const findings& seen, const broken_connection& broke) {
    check made{"validation", verdict::warn,
               "rpc was not answered in the time that was left (" + waited_text(broke.waited) +
                   "): whether the server believes its own credential is not known"};
    made.troubles.push_back({weight::note,
                             "rpc at " + seen.server + " is not answered in time",
                             {},
                             "see what keeps the server or the way to it, then run doctor again",
                             {}});
    return made;
}

check judge_verdicts(const findings& seen) {
    if (!has_credential(seen)) return no_credential("validation");
    const auto& rpc = *seen.rpc;
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

// A question that was asked and has no answer is no good news.
check judge_no_key(const findings& seen) {
    if (!reached(seen)) return {"key", verdict::skipped, "not reached"};
    if (!has_credential(seen)) {
        return {"key", verdict::skipped, "there is no credential to compare with"};
    }
    const bool none = seen.rpc && seen.rpc->is == door::none;
    const auto file = printable(seen.key->file);
    check made{"key", verdict::warn,
               "NOT compared with " + file +
                   (none ? ": the server does not speak rpc, which would tell its key"
                         : ": rpc, which tells the server's key, was not answered") +
                   ", and the private key, which proves it without, was not given (--key)"};
    made.troubles.push_back({weight::note,
                             "the server's key was not compared with that of " + file,
                             {},
                             "give doctor the private key too (--key F): with it the signature "
                             "tells, without the server",
                             {}});
    return made;
}

}  // namespace

check judge_validation(const findings& seen) {
    if (!reached(seen) || !seen.rpc) return {"validation", verdict::skipped, "not reached"};
    const auto& rpc = *seen.rpc;
    check made;
    switch (rpc.is) {
        case door::none:
            return {"validation", verdict::skipped,
                    "the server does not speak rpc (nor does an original Edge)"};
        case door::late:
            return judge_late_rpc(seen, *rpc.broke);
        case door::broken:
            made = {"validation", verdict::fail, "rpc could not be asked"};
            break;
        case door::open:
            made = judge_verdicts(seen);
            break;
    }
    if (rpc.broke) judge_broken(made, seen, *rpc.broke);
    return made;
}

check judge_key(const findings& seen) {
    if (!seen.key) return {"key", verdict::skipped, "no --certificate was given to compare with"};
    const auto& key = *seen.key;
    const auto wanted = printable(key.file) + " (key " + key.wanted_id + ")";
    // The signature is a proof; the id only what the server says.
    if (!key.signed_the_token && key.server_id.empty()) return judge_no_key(seen);
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
