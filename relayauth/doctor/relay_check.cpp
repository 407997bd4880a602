#include "relayauth/doctor/checks.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"

#include <algorithm>
#include <string>

namespace relayauth::doctor {
namespace {

using weight = trouble::weight;

std::string joined(std::string words, const std::string& trouble) {
    if (!trouble.empty()) words += ": " + printable(trouble);
    return words;
}

check failed(std::string words, std::string headline, std::string symptom, std::string remedy) {
    check made{"relay", verdict::fail, std::move(words)};
    made.troubles.push_back(
        {weight::relay, std::move(headline), std::move(symptom), std::move(remedy)});
    return made;
}

check judge_open(const findings& seen) {
    auto made = failed("it allocates for anybody, WITHOUT credentials",
                       "the relay " + seen.relay + " is open to the whole world",
                       "strangers relay through it, and somebody pays for that",
                       "have the relay ask for credentials (coturn: lt-cred-mech or "
                       "use-auth-secret)");
    made.troubles.front().user_sees = "nothing: it works for them, and for everybody else";
    return made;
}

check judge_refused(const findings& seen, const relay_findings& relay) {
    return failed(
        joined("the relay refuses " + relay.refused + " (realm " + printable(relay.realm) + ")",
               relay.trouble),
        "the relay " + seen.relay + " does not believe this server's credentials",
        "clients sign in, and the relay's log has `Cannot find credentials of user` or "
        "`credentials are incorrect`",
        "give the relay the secret or key of this server and a realm that the server knows "
        "(`keys export --purpose turn-rest`, `--redis-listen`, --realm), and the right time: "
        "README, `Relays that believe it`");
}

// Whether users are sent to it. By its name only: other names may lead to it too.
bool is_given_to_users(const findings& seen) {
    if (!seen.credential) return false;
    return std::ranges::any_of(seen.credential->relay_addresses, [&](const std::string& each) {
        return ascii::equal_ignoring_case(each, seen.relay);
    });
}

// Users get tokens, whatever else the relay takes.
void judge_refused_token(check& made, const findings& seen) {
    const bool given = is_given_to_users(seen);
    made.verdict = std::max(made.verdict, given ? verdict::fail : verdict::warn);
    made.words += "; it refused the MRAS token";
    if (given) made.words += ", and this server sends its users there";
    made.troubles.push_back(
        {weight::relay,
         "the relay " + seen.relay + " believes TURN REST names only, and refuses MRAS tokens",
         "clients that were given MRAS tokens, as Front Ends give them, get 401 there",
         "have the relay ask this server about tokens too (coturn: --redis-listen), or link "
         "relayauth::verify into it",
         "\"Limited External Calling\" if they have no other relay than this one"});
}

check judge_done(const findings& seen, const relay_findings& relay) {
    const auto took = relay.packet_took.count();
    check made{"relay", verdict::ok,
               "refuses without credentials, accepts " + relay.used + ", and a packet came back" +
                   (took == 0 ? " at once" : " in " + std::to_string(took) + " ms")};
    made.numbers.emplace_back("packet_ms", took);
    if (relay.released) return made;
    made.verdict = std::max(made.verdict, verdict::warn);
    made.words += "; it did not release the allocation";
    made.troubles.push_back({weight::note,
                             "the relay did not release an allocation",
                             {},
                             "see the log of " + seen.relay});
    return made;
}

check judge_not_relayed(const findings& seen, const relay_findings& relay) {
    auto words = "accepts " + relay.used;
    if (relay.peer_forbidden) {
        check made{"relay", verdict::warn,
                   words + ", but does not relay to its own address (403), so no packet was tried"};
        made.troubles.push_back(
            {weight::note,
             "the relay could not be tried with a packet",
             {},
             "for a trial on one machine allow it (coturn: allow-loopback-peers); in the field "
             "this is usual"});
        return made;
    }
    return failed(joined(words + ", but no packet came back", relay.trouble),
                  "the relay " + seen.relay + " accepts the credential and relays nothing",
                  "calls are set up and stay silent",
                  "look at the relay's ports (UDP, coturn: min-port to max-port), its relay-ip and "
                  "external-ip, and the firewall between");
}

check judge_login(const findings& seen, const relay_findings& relay) {
    const bool done = relay.reached == relay_findings::step::done;
    auto made = done ? judge_done(seen, relay) : judge_not_relayed(seen, relay);
    if (relay.token_refused) judge_refused_token(made, seen);
    return made;
}

}  // namespace

check judge_relay(const findings& seen) {
    if (seen.relay.empty()) {
        return {"relay", verdict::skipped, "none was named (--relay HOST:PORT)"};
    }
    if (!seen.relayed) return {"relay", verdict::skipped, "there is no credential to try"};
    const auto& relay = *seen.relayed;
    switch (relay.reached) {
        case relay_findings::step::no_address:
            return failed("the relay cannot be looked for: " + printable(relay.trouble),
                          "the name of the relay " + seen.relay + " has no address", {},
                          "mend DNS, or the name that was given (--relay)");
        case relay_findings::step::none:
            return failed(joined("no answer from " + seen.relay + " over UDP", relay.trouble),
                          "the relay " + seen.relay + " does not answer over UDP",
                          "calls from outside do not connect",
                          "start the relay, or look for a firewall that takes UDP away");
        case relay_findings::step::not_turn:
            return failed(
                joined("what answers at " + seen.relay + " is no TURN relay", relay.trouble),
                "what answers at " + seen.relay + " is no TURN relay", {},
                "look up the relay's port (3478)");
        case relay_findings::step::open:
            return judge_open(seen);
        case relay_findings::step::refused:
            return judge_refused(seen, relay);
        case relay_findings::step::not_relayed:
        case relay_findings::step::done:
            return judge_login(seen, relay);
    }
    return {"relay", verdict::skipped, "not reached"};
}

}  // namespace relayauth::doctor
