#include "relayauth/server/metrics_page.hpp"

#include "relayauth/server/metrics_text.hpp"

#include <array>
#include <map>

namespace relayauth::server {
namespace {

using enum metrics_text::kind;
using net::transport_event;
using session::door;
using session::event;
using label = metrics_text::label;

double seconds_of(ticks span) {
    return std::chrono::duration<double>(span).count();
}

std::uint64_t sum(const metrics_reading& now, door through, event::kind what, std::size_t reason) {
    std::uint64_t all = 0;
    for (const auto* each : now.threads) all += each->value(through, what, reason);
    return all;
}

std::uint64_t sum(const metrics_reading& now, transport_event::kind what) {
    std::uint64_t all = 0;
    for (const auto* each : now.threads) all += each->value(what);
    return all;
}

void put_issued(metrics_text& out, const metrics_reading& now) {
    struct row {
        door through;
        credential_form form;
        std::string_view dialect, version;
    };
    // TURN REST names are minted over rpc alone, and coturn's door mints nothing.
    static constexpr std::array<row, 5> rows = {{
        {door::sip, credential_form::v1, "mras", "1"},
        {door::sip, credential_form::v2, "mras", "2"},
        {door::rpc, credential_form::v1, "mras", "1"},
        {door::rpc, credential_form::v2, "mras", "2"},
        {door::rpc, credential_form::turn_rest, "turn_rest", ""},
    }};
    out.family("relayauth_issued_total", counter, "Credentials minted.");
    for (const auto& each : rows) {
        std::uint64_t count = 0;
        for (const auto* one : now.threads) {
            count += one->issued[static_cast<std::size_t>(each.through)]
                                [static_cast<std::size_t>(each.form)]
                                    .value();
        }
        const label about[] = {{"door", session::to_text(each.through)},
                               {"dialect", each.dialect},
                               {"token_version", each.version}};
        out.sample(about, count);
    }
}

void put_by_door(metrics_text& out, const metrics_reading& now, std::string_view name,
                 event::kind what, std::span<const door> through, std::string_view help) {
    out.family(name, counter, help);
    for (const auto each : through) {
        const label about[] = {{"door", session::to_text(each)}};
        out.sample(about, sum(now, each, what, refusals));
    }
}

// Every reason stands there from the start, so that a first refusal is seen as a rise.
void put_by_reason(metrics_text& out, const metrics_reading& now, std::string_view name,
                   event::kind what, std::span<const door> through, std::string_view help) {
    out.family(name, counter, help);
    for (const auto each : through) {
        for (std::size_t reason = 0; reason <= refusals; ++reason) {
            const auto count = sum(now, each, what, reason);
            if (reason == refusals && count == 0) continue;
            const label about[] = {
                {"door", session::to_text(each)},
                {"reason", reason == refusals
                               ? "none"
                               : credential::to_text(static_cast<credential::refusal>(reason))}};
            out.sample(about, count);
        }
    }
}

void put_outcomes(metrics_text& out, const metrics_reading& now) {
    static constexpr std::array<door, 2> minting = {door::sip, door::rpc};
    static constexpr std::array<door, 2> validating = {door::rpc, door::redis};
    static constexpr std::array<door, 3> every = {door::sip, door::rpc, door::redis};
    put_issued(out, now);
    put_by_reason(out, now, "relayauth_issue_refused_total", event::kind::issue_refused, minting,
                  "Credentials asked for and refused.");
    put_by_door(out, now, "relayauth_validated_total", event::kind::validated, validating,
                "Credentials found good.");
    put_by_reason(out, now, "relayauth_validate_refused_total", event::kind::validate_refused,
                  validating, "Credentials found bad, and calls to validate refused as busy.");
    put_by_reason(out, now, "relayauth_request_refused_total", event::kind::request_refused, every,
                  "Requests that are not ones we serve.");
    put_by_door(out, now, "relayauth_peer_refused_total", event::kind::peer_refused, every,
                "Requests of peers that may not ask.");
    put_by_door(out, now, "relayauth_response_ignored_total", event::kind::response_ignored,
                std::span(every).first(1), "SIP responses that arrived.");
    put_by_door(out, now, "relayauth_unknown_protocol_total", event::kind::unknown_protocol, every,
                "Connections that spoke something else.");
}

void put_latency(metrics_text& out, const metrics_reading& now) {
    histogram::reading issue, validate;
    for (const auto* each : now.threads) {
        each->issue_latency.add_to(issue);
        each->validate_latency.add_to(validate);
    }
    out.family("relayauth_request_duration_seconds", metrics_text::kind::histogram,
               "From the read of a request until its answer was handed to the socket.");
    const label issues[] = {{"call", "issue"}};
    const label validations[] = {{"call", "validate"}};
    out.distribution(issues, latency_bounds, issue);
    out.distribution(validations, latency_bounds, validate);
}

// put_kinds is a counter of transport events, told apart by `name` where there are several.
struct transport_row {
    std::string_view kind;
    transport_event::kind what;
};
void put_kinds(metrics_text& out, const metrics_reading& now, std::string_view name,
               std::span<const transport_row> rows, std::string_view help) {
    out.family(name, counter, help);
    for (const auto& each : rows) {
        const label about[] = {{"kind", each.kind}};
        out.sample(about, sum(now, each.what));
    }
}

void put_connections(metrics_text& out, const metrics_reading& now) {
    using enum transport_event::kind;
    static constexpr std::array<transport_row, 2> tls = {
        {{"handshake", tls_failed}, {"timeout", handshake_timeout}}};
    static constexpr std::array<transport_row, 2> timeouts = {
        {{"message", message_timeout}, {"idle", idle_timeout}}};
    out.single("relayauth_connections", gauge, "Connections that are open.", now.connections);
    out.single("relayauth_connections_limit", gauge, "The most of them (--max-connections).",
               now.connections_limit);
    out.single("relayauth_connections_accepted_total", counter, "Connections that began.",
               sum(now, accepted));
    out.single("relayauth_connections_closed_total", counter, "Connections that ended.",
               sum(now, closed));
    out.single("relayauth_connections_refused_total", counter,
               "Connections closed at once, at the limit.", sum(now, too_many_connections));
    out.single("relayauth_accept_failed_total", counter,
               "Times that the system could not give us a connection.", sum(now, accept_failed));
    out.single("relayauth_tls_established_total", counter, "TLS handshakes done.",
               sum(now, tls_established));
    put_kinds(out, now, "relayauth_tls_failed_total", tls, "TLS connections that failed.");
    put_kinds(out, now, "relayauth_timeouts_total", timeouts, "Connections closed for slowness.");
    out.single("relayauth_messages_cut_short_total", counter,
               "Connections that their peers ended inside a message.", sum(now, message_cut_short));
    out.single("relayauth_memory_exhausted_total", counter,
               "Connections closed at the limit of --max-memory.", sum(now, memory_exhausted));
    out.single("relayauth_buffered_bytes", gauge, "Octets in the buffers of all connections.",
               now.buffered_bytes);
    out.single("relayauth_buffered_bytes_limit", gauge, "The most of them (--max-memory).",
               now.buffered_bytes_limit);
}

void put_keys(metrics_text& out, const metrics_reading& now) {
    out.family(
        "relayauth_key_expiry_seconds", gauge,
        "Until the certificate of a key is over, by this server's clock; negative: since then.");
    std::map<std::string, std::uint64_t, std::less<>> validated;
    for (const auto& each : now.keys) {
        const label about[] = {{"key", each.id}, {"stage", keyring::to_text(each.stage)}};
        out.sample(about, seconds_of(each.left));
        validated.try_emplace(each.id, 0);
    }
    for (const auto* each : now.threads) each->validated_by_key.add_to(validated);
    out.family("relayauth_key_validated_total", counter,
               "Credentials found good, by the key that they were minted with.");
    for (const auto& [key, count] : validated) {
        const label about[] = {{"key", key}};
        out.sample(about, count);
    }
}

void put_time(metrics_text& out, const metrics_reading& now) {
    out.single("relayauth_clock_offset_seconds", gauge,
               "How wrong this clock is on purpose (--clock-offset or lab).",
               seconds_of(now.clock_offset));
    out.single("relayauth_lab", gauge, "1 for a server that is wrong when told so (--lab).",
               std::uint64_t{now.lab});
    out.single("relayauth_clock_steps_total", counter,
               "Times that the clock this server goes by was set, by `lab clock` too.",
               now.clock_steps);
    out.single("relayauth_clock_off_seconds", gauge,
               "How far this clock is ahead of where it was trusted: at start, or at the last "
               "`relayauth clock accept` (0 with --clock-guard off).",
               seconds_of(now.clock_off));
    out.single("relayauth_clock_held", gauge,
               "1 while nothing is minted because this clock is not believed.",
               std::uint64_t{now.clock_held});
    out.single("relayauth_clock_synchronised", gauge,
               "1 while the kernel says that something keeps this clock right.",
               std::uint64_t{now.clock_synchronised});
    histogram::reading offsets;
    for (const auto* each : now.threads) each->peer_clock_offset.add_to(offsets);
    out.family("relayauth_peer_clock_offset_seconds", metrics_text::kind::histogram,
               "This server's clock minus a peer's, for each connection, and when it changes.");
    out.distribution({}, clock_offset_bounds, offsets);
}

void put_server(metrics_text& out, const metrics_reading& now) {
    std::uint64_t left_out = 0;
    for (const auto* each : now.threads) left_out += each->lines_left_out.value();
    out.family("relayauth_log_lines_left_out_total", counter, "Lines that the log does not hold.");
    const label limited[] = {{"cause", "rate_limit"}};
    const label lost[] = {{"cause", "queue"}};
    out.sample(limited, left_out);
    out.sample(lost, now.log_lines_lost);
    out.single("relayauth_ready", gauge, "1 when /readyz is 200.", std::uint64_t{now.ready});
    out.single("relayauth_self_tests_total", counter,
               "Times that this server minted and validated for itself.", now.self_tests);
    out.single("relayauth_self_tests_failed_total", counter, "Those that did not go well.",
               now.self_tests_failed);
    out.family("relayauth_build", gauge, "1, and the version as a label.");
    const label build[] = {{"version", now.version}};
    out.sample(build, std::uint64_t{1});
    out.single("relayauth_start_time_seconds", gauge, "When it started, in seconds since 1970.",
               static_cast<double>(now.started_at.unix_seconds().count()));
}

}  // namespace

std::string metrics_page(const metrics_reading& now) {
    metrics_text out;
    put_outcomes(out, now);
    put_latency(out, now);
    put_connections(out, now);
    put_keys(out, now);
    put_time(out, now);
    put_server(out, now);
    return out.take();
}

}  // namespace relayauth::server
