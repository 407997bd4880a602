#include "relayauth/doctor/checks.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace relayauth::doctor {
namespace {

using client::failure_kind;
using weight = trouble::weight;

// Where an administrator meets a server that the Front End cannot ask.
const std::string outbound_queue =
    "the Front End logs `Message expired in the outbound queue before it could be sent` for "
    "SERVICE to this address";

check not_reached(std::string name) {
    return {std::move(name), verdict::skipped, "not reached"};
}

bool is_tcp_trouble(failure_kind kind) {
    return kind == failure_kind::refused || kind == failure_kind::unreachable ||
           kind == failure_kind::unknown_host;
}

// A closer certificate end than this wants a new certificate soon.
constexpr auto renew_before = std::chrono::hours(14 * 24);

std::string names_of(const certificate::facts& about) {
    std::string text = about.subject.empty() ? "no subject" : about.subject;
    // A list of names has no end; three tell which certificate it is.
    for (std::size_t i = 0; i < about.names.size() && i < 3; ++i) text += ", " + about.names[i];
    if (about.names.size() > 3) text += ", ...";
    return printable(text);
}

check judge_handshake_failure(const findings& seen) {
    if (seen.plain) return judge_plain(seen, *seen.plain);
    check made{"tls", verdict::fail, printable(seen.not_connected->text)};
    if (seen.not_connected->kind == failure_kind::old_tls) {
        made.troubles.push_back(unreachable(
            seen.server + " has no TLS version that this machine takes (1.2 and 1.3)",
            "enable TLS 1.2 at " + seen.server + "; the Front Ends may still take older ones"));
        return made;
    }
    made.troubles.push_back(unreachable("there is no TLS connection to " + seen.server,
                                        "see what the line `tls` says, and the log of the server"));
    return made;
}

// How a certificate stands to one clock.
enum class standing { inside, early, late };

standing standing_of(const certificate::facts& about, wall_time now) {
    if (now < about.not_before) return standing::early;
    // RFC 5280 4.1.2.5: the last second is inclusive.
    return now >= about.not_after + std::chrono::seconds(1) ? standing::late : standing::inside;
}

// With the dates wrong by this machine's clock alone, the clock is what is wrong.
bool is_outside_here_alone(const findings& seen) {
    const auto& about = *seen.tls->certificate;
    return clocks_differ(seen) && standing_of(about, seen.at) != standing::inside &&
           standing_of(about, seen.at + seen.clock->ahead) == standing::inside;
}

void judge_end(check& made, const findings& seen) {
    const auto left = seen.tls->certificate->not_after - seen.at;
    if (left >= ticks(renew_before)) return;
    made.verdict = verdict::warn;
    made.words += "; it ends in " + duration_text(left);
    made.troubles.push_back(
        {weight::note,
         "the TLS certificate ends soon",
         {},
         clocks_differ(seen) ? "mend the clock (line `clock`), then see when the TLS certificate "
                               "ends"
                             : "renew the TLS certificate (the A/V certificate's key may stay)"});
}

void judge_dates(check& made, const findings& seen) {
    const auto stands = standing_of(*seen.tls->certificate, seen.at);
    if (stands == standing::inside) return judge_end(made, seen);
    made.words += stands == standing::early ? "; it is NOT VALID YET" : "; it has EXPIRED";
    if (is_outside_here_alone(seen)) {
        made.verdict = verdict::warn;
        made.words += " by this machine's clock, but is inside its dates by the server's";
        made.troubles.push_back(
            {weight::note,
             "the TLS certificate is outside its dates by this machine's clock alone",
             "a Front End with this machine's clock refuses it",
             {}});
        return;
    }
    made.verdict = verdict::fail;
    made.troubles.push_back(unreachable(
        "the TLS certificate is outside its dates, and a Front End refuses it",
        clocks_differ(seen)
            ? "mend the clock (line `clock`), then see whether the TLS certificate is inside its "
              "dates"
            : "renew the TLS certificate, if this machine's clock is right (line `own clock`)"));
}

// OpenSSL holds the dates against this machine's clock before all else.
bool is_untrusted_for_dates_here(const findings& seen) {
    const std::string_view why = *seen.tls->untrusted;
    const bool dates = why.find("has expired") != why.npos || why.find("not yet valid") != why.npos;
    return dates && is_outside_here_alone(seen);
}

void judge_broken_first(check& made, const findings& seen, const broken_connection& broke) {
    made.verdict = verdict::warn;
    made.words += "; a first connection " + how_it_broke(broke);
    made.troubles.push_back(one_of_several(seen, "a first connection", broke));
}

void judge_slow_connection(check& made, const findings& seen) {
    made.verdict = verdict::fail;
    made.words += "; that is TOO SLOW, since users wait 5 s at most";
    made.troubles = {
        {weight::slow, "a connection to " + seen.server + " takes too long", outbound_queue,
         "see what keeps the server: its CPU, its load, or a slow network on the way to it"}};
}

}  // namespace

trouble unreachable(std::string headline, std::string remedy) {
    return {weight::unreachable, std::move(headline), outbound_queue, std::move(remedy)};
}

std::string waited_text(std::chrono::milliseconds waited) {
    using tenths = std::chrono::duration<std::chrono::milliseconds::rep, std::deci>;
    const auto count = rounded<tenths>(waited).count();
    if (count < 10 || count % 10 == 0) return duration_text(tenths(count));
    return std::to_string(count / 10) + "." + std::to_string(count % 10) + " s";
}

std::string how_it_broke(const broken_connection& broke) {
    if (broke.unanswered) return "was not answered within " + waited_text(broke.waited);
    switch (broke.why.kind) {
        case failure_kind::refused:
        case failure_kind::unreachable:
            return "was refused or reset";
        case failure_kind::no_handshake:
        case failure_kind::closed:
            return "was reset or closed";
        default:
            return "came to nothing";
    }
}

trouble one_of_several(const findings& seen, const std::string& which,
                       const broken_connection& broke) {
    return {weight::judge,
            which + " to " + seen.server + " " + how_it_broke(broke) +
                ": does one of several servers behind this name not work?",
            "users are answered or not, by chance",
            "run doctor against each server behind " + seen.server +
                " by its own address, and mend the one that does not answer",
            "\"Limited External Calling\", by chance: whoever meets that server"};
}

check judge_name(const findings& seen) {
    check made{"name", verdict::ok, {}};
    if (seen.unresolved) {
        made.verdict = verdict::fail;
        made.words = printable(seen.unresolved->text);
        made.troubles.push_back(unreachable("the name " + printable(seen.host) + " has no address",
                                            "mend DNS, or the name that was given"));
        return made;
    }
    if (seen.addresses.size() == 1 && seen.addresses[0] == seen.host) {
        made.words = seen.host + " is an address";
        return made;
    }
    made.words = printable(seen.host) + " is";
    for (const auto& each : seen.addresses) {
        made.words += (&each == &seen.addresses.front() ? " " : ", ") + each;
    }
    return made;
}

check judge_port(const findings& seen) {
    if (seen.unresolved) return not_reached("port");
    if (seen.not_connected && is_tcp_trouble(seen.not_connected->kind)) {
        check made{"port", verdict::fail, printable(seen.not_connected->text)};
        const bool refused = seen.not_connected->kind == failure_kind::refused;
        made.troubles.push_back(unreachable(
            refused ? "nothing listens on " + seen.server : seen.server + " cannot be reached",
            refused ? "start the A/V authentication service there, or name its port (5062)"
                    : "look for a firewall or a route between this machine and " + seen.server));
        return made;
    }
    const auto where = seen.connected_to.empty() ? seen.server : seen.connected_to;
    check made{"port", verdict::ok, where + " answers"};
    if (seen.not_connected) return made;
    const auto took = seen.connect_took.count();
    made.words += took == 0 ? " in under 1 ms" : " in " + std::to_string(took) + " ms";
    if (seen.tls) made.words += ", TLS included";
    made.numbers.emplace_back("connect_ms", took);
    if (seen.broke_first) judge_broken_first(made, seen, *seen.broke_first);
    if (seen.connect_took >= too_slow_answer) judge_slow_connection(made, seen);
    return made;
}

check judge_tls(const findings& seen) {
    if (!seen.tls_wanted) {
        return {"tls", verdict::skipped, "plain text was asked for (--tcp); a Front End uses TLS"};
    }
    if (seen.not_connected && !is_tcp_trouble(seen.not_connected->kind)) {
        return judge_handshake_failure(seen);
    }
    if (!seen.tls) return not_reached("tls");
    check made{"tls", verdict::ok, seen.tls->version};
    const auto& about = seen.tls->certificate;
    if (!about) {
        made.verdict = verdict::warn;
        made.words += ", and a certificate that cannot be read";
        return made;
    }
    made.words += ", certificate " + names_of(*about) + ", until " + utc_text(about->not_after);
    judge_dates(made, seen);
    if (seen.tls->untrusted && !is_untrusted_for_dates_here(seen)) {
        made.verdict = verdict::fail;
        made.words += "; " + printable(*seen.tls->untrusted);
        made.troubles.push_back(unreachable(
            "the TLS certificate is not one that --ca lets pass",
            "give the Front Ends the issuer of this certificate, or the server another one"));
    }
    return made;
}

check judge_tls_name(const findings& seen) {
    if (!seen.tls_wanted) return {"tls name", verdict::skipped, "no TLS, no name"};
    if (!seen.tls || !seen.tls->certificate) return not_reached("tls name");
    const auto name = printable(seen.name_wanted);
    if (seen.tls->is_for_name) {
        return {"tls name", verdict::ok, "the TLS certificate is for " + name};
    }
    if (seen.name_is_address) {
        return {"tls name", verdict::skipped,
                name + " is an address: --server-name NAME checks the name that Front Ends use"};
    }
    check made{"tls name", seen.name_is_given ? verdict::fail : verdict::warn,
               "the TLS certificate is NOT for " + name + ", and a real Front End insists on that"};
    const auto headline = "the TLS certificate has another name than " + name;
    const auto remedy = "have a TLS certificate made for " + name +
                        " (only the TLS one: the name in the A/V authentication certificate "
                        "matters nowhere)";
    if (seen.name_is_given) {
        made.troubles.push_back(unreachable(headline, remedy));
        return made;
    }
    // Nobody said that Front Ends use it.
    made.troubles.push_back(
        {weight::note, headline, "if Front Ends use this name: " + outbound_queue,
         "give the name that Front Ends use (--server-name); if it is this one, " + remedy,
         "if Front Ends use this name: \"Limited External Calling\"; by another name give "
         "--server-name"});
    return made;
}

}  // namespace relayauth::doctor
