#include "relayauth/doctor/checks.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"

#include <chrono>
#include <string>

namespace relayauth::doctor {
namespace {

using client::failure_kind;
using weight = trouble::weight;

const std::string outbound_queue =
    "the Front End logs `Message expired in the outbound queue before it could be sent` for "
    "SERVICE, then `Transaction Time-out`";

std::string milliseconds_text(std::chrono::milliseconds took) {
    return took.count() == 0 ? "under 1 ms" : std::to_string(took.count()) + " ms";
}

// What else than SIP the first octets are.
std::string protocol_of(std::string_view received) {
    if (received.starts_with("HTTP/")) return "HTTP";
    if (received.starts_with("SSH-")) return "SSH";
    if (received.starts_with("220 ")) return "SMTP or FTP";
    if (received.size() > 1 && (received[0] == 0x15 || received[0] == 0x16) && received[1] == 3) {
        return "TLS";
    }
    return "another protocol";
}

// What only this machine was told says nothing of Front Ends.
const std::string only_this_machine =
    "unknown: the server refused this machine, which tells nothing of Front Ends";

// Only relayauth does.
bool speaks_rpc(const findings& seen) {
    return seen.rpc && seen.rpc->is == rpc_findings::door::open;
}

check judge_silent_relayauth(const findings& seen, const service_findings& service) {
    const bool closed = service.failed->kind == failure_kind::closed;
    check made{"service", verdict::fail,
               closed ? "a relayauth, which answers rpc, closes on a SERVICE"
                      : "a relayauth, which answers rpc, does not answer a SERVICE within " +
                            waited_text(service.took)};
    made.troubles.push_back(
        {weight::unreachable,
         seen.server + (closed ? " is a relayauth that closes on SERVICE"
                               : " is a relayauth that does not answer SERVICE"),
         outbound_queue,
         "see whether it was told so (`relayauth lab list` there), what its log says, and whether "
         "a proxy on the way keeps SIP back"});
    return made;
}

// TLS 1.3 refuses a client only behind the handshake.
check judge_alert(const findings& seen, const service_findings& service) {
    check made{"service", verdict::fail, printable(service.failed->text)};
    made.troubles.push_back({weight::unreachable,
                             seen.server + " refuses this client by its certificate",
                             "nothing, if the Front Ends have the certificate that it wants",
                             "ask with the certificate of a Front End (--client-certificate F "
                             "--client-key F)",
                             only_this_machine});
    return made;
}

check judge_silence(const findings& seen, const service_findings& service) {
    const std::string what = seen.tls_wanted ? "TLS works" : "it accepts the connection";
    const auto whose =
        "what listens on " + seen.server + (seen.tls_wanted ? " does TLS" : " accepts connections");
    check made{"service", verdict::fail, {}};
    if (service.failed->kind == failure_kind::closed) {
        made.words = what + ", but on a SERVICE " + printable(service.failed->text);
        made.troubles.push_back(
            {weight::unreachable, whose + " and closes on a SERVICE", outbound_queue,
             "read its log: it may want a client certificate (--client-certificate), or be no SIP "
             "server at all (A/V authentication: port 5062)"});
        return made;
    }
    made.words = what + ", but nothing answers a SERVICE within " + duration_text(service.took);
    made.troubles.push_back(
        {weight::unreachable, whose + ", but does not answer as a SIP server", outbound_queue,
         "see whether another kind of server has the port (A/V authentication: 5062), or the "
         "service there hangs"});
    return made;
}

// The words are for `request`, which has that option.
std::string by_name_of_command(std::string text) {
    const std::string option = "see --trace";
    const auto at = text.find(option);
    if (at == text.npos) return text;
    return text.replace(at, option.size(), "see `relayauth request --trace`");
}

check judge_no_answer(const findings& seen, const service_findings& service) {
    if (service.failed->kind == failure_kind::tls) return judge_alert(seen, service);
    if (service.received.empty()) {
        return speaks_rpc(seen) ? judge_silent_relayauth(seen, service)
                                : judge_silence(seen, service);
    }
    check made{"service", verdict::fail, {}};
    if (service.received.starts_with("SIP/")) {
        made.words = "a SIP server, but " + printable(by_name_of_command(service.failed->text));
        // It would have been the end of an answer that somebody can read.
        const bool cut = service.failed->kind != failure_kind::other;
        made.troubles.push_back(
            {weight::unreachable,
             seen.server + (cut ? " begins an answer in SIP and does not end it"
                                : " speaks SIP, but what it answers to a SERVICE is no answer"),
             cut ? outbound_queue : std::string(),
             cut ? "see whether the server hangs or a proxy on the way cuts answers"
                 : "look at the answer (`relayauth request --trace`): is another kind of SIP "
                   "server there (A/V authentication: port 5062), or is it damaged on the way?"});
        return made;
    }
    const auto protocol = protocol_of(service.received);
    made.words = "no SIP there, but " + protocol + ": it says `" +
                 printable(service.received.substr(0, 24)) + "`";
    made.troubles.push_back(
        {weight::unreachable,
         "what listens on " + seen.server + " does not speak SIP but " + protocol, outbound_queue,
         protocol == "TLS" ? "leave out --tcp" : "look up the A/V authentication port (5062)"});
    return made;
}

check judge_sip_error(const findings& seen, const service_findings& service) {
    const auto status = std::to_string(service.sip_status) + " " + printable(service.sip_reason);
    check made{"service", verdict::fail, "refused with SIP " + status};
    if (!service.warning.empty()) made.words += ": " + printable(service.warning);
    if (knows_no_service(service.sip_status)) {
        made.words = "a plain SIP server: it knows no SERVICE (" + status + ")";
        made.troubles.push_back(
            {weight::unreachable,
             seen.server + " is a SIP server, but no A/V authentication service",
             {},
             "look up the A/V authentication port (5062)"});
        return made;
    }
    trouble refused{weight::refused,
                    "the server refuses to answer this machine (SIP " + status + ")",
                    {},
                    "read the server's log, which has the reason and the peer"};
    if (service.sip_status == 403) {
        refused.remedy =
            "see the server's --allow, --client-ca, --client-name and --plaintext, and its log";
        refused.user_sees = only_this_machine;
    } else if (service.sip_status == 503) {
        refused.remedy = "see what the server is short of: its log says";
    }
    made.troubles.push_back(refused);
    return made;
}

// What to do about Server Busy, which a limit and a clock that is held have in common.
std::string way_out_of_busy(const findings& seen) {
    const bool held = seen.service->clock_held();
    const std::string limit = held ? "" : "see whether the server is at a limit; ";
    if (!seen.clock) {
        return limit +
               "if it holds because of its clock, make sure that this is right, then run "
               "`relayauth clock accept` there";
    }
    if (clocks_differ(seen)) {
        return limit +
               "mend the clock (line `clock`), then run `relayauth clock accept` there if "
               "it still holds";
    }
    return limit +
           "its clock agrees with this machine's: if it holds, run `relayauth clock "
           "accept` there";
}

check judge_refusal(const findings& seen) {
    const auto& service = *seen.service;
    const auto phrase = printable(service.reason_phrase);
    const auto warning = printable(service.warning);
    check made{"service", verdict::fail, "refused: "};
    // relayauth's own Warning begins with the phrase.
    if (!warning.starts_with(phrase)) made.words += phrase + (warning.empty() ? "" : ": ");
    made.words += warning;
    trouble refused{weight::refused,
                    "the server refuses credentials: " + phrase,
                    {},
                    "read the server's log, which has the reason and both clocks"};
    if (phrase == "Server Busy") refused.remedy = way_out_of_busy(seen);
    // It is said to whom the server does not like, such as a peer whose clock is wrong.
    if (phrase == "Forbidden") refused.user_sees = only_this_machine;
    made.troubles.push_back(refused);
    return made;
}

check judge_not_asked(const findings& seen) {
    if (seen.unresolved || seen.not_connected) return {"service", verdict::skipped, "not reached"};
    check made{"service", verdict::fail, "no time was left to ask"};
    made.troubles.push_back({weight::unreachable,
                             "a connection to " + seen.server + " takes longer than any user waits",
                             outbound_queue, "look at the network between, and at name servers"});
    return made;
}

}  // namespace

bool knows_no_service(int status) {
    switch (status) {
        case 404:
        case 405:
        case 415:
        case 416:
        case 420:
        case 480:
        case 481:
        case 483:
        case 501:
            return true;
        default:
            return false;
    }
}

bool reached(const findings& seen) {
    if (!seen.service) return false;
    if (speaks_rpc(seen)) return true;
    if (seen.service->failed) return false;
    return !seen.service->reason_phrase.empty() || !knows_no_service(seen.service->sip_status);
}

check judge_service(const findings& seen) {
    if (!seen.service) return judge_not_asked(seen);
    const auto& service = *seen.service;
    check made;
    if (service.failed) {
        made = judge_no_answer(seen, service);
    } else if (service.reason_phrase.empty()) {
        made = judge_sip_error(seen, service);
    } else if (!service.granted()) {
        made = judge_refusal(seen);
    } else {
        made = {"service", verdict::ok, "credential granted in " + milliseconds_text(service.took)};
    }
    made.numbers.emplace_back("service_ms", service.took.count());
    if (!service.granted() || service.took < slow_answer) return made;
    const bool too_slow = service.took >= too_slow_answer;
    made.verdict = too_slow ? verdict::fail : verdict::warn;
    made.words += too_slow ? ": TOO SLOW" : ": slow";
    made.words += ", since users wait 5 s at most, the way here and back included";
    made.troubles.push_back(
        {weight::slow,
         std::string("the server answers ") + (too_slow ? "too late" : "slowly") + " (" +
             milliseconds_text(service.took) + ")",
         too_slow ? outbound_queue : std::string(),
         "see what keeps the server: its CPU, its load, or a slow network on the way to it"});
    return made;
}

}  // namespace relayauth::doctor
