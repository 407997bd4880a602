#include "relayauth/server/announcement.hpp"

#include "relayauth/base/time_text.hpp"

namespace relayauth::server {
namespace {

std::string who_is_served(const options& chosen) {
    const bool relays = !chosen.relay_ca.empty();
    const std::string keys =
        relays ? "; long-term keys for loopback peers and certificates of --relay-ca" : "";
    if (chosen.client_ca.empty() && chosen.allow.empty()) {
        return std::string(relays ? "loopback peers and relays with a certificate of --relay-ca"
                                  : "loopback peers only") +
               ": others with --allow CIDR or --client-ca FILE" + keys;
    }
    std::string text = "loopback peers and ";
    text += chosen.allow.empty() ? "any other" : "those that --allow names";
    if (!chosen.client_ca.empty()) {
        text += ", over TLS with a certificate of --client-ca";
        if (relays) text += " or --relay-ca";
    }
    return text + keys;
}

}  // namespace

void announce_keys(log& output, const loaded_keys& keys, wall_time now) {
    const auto& about = keys.about;
    auto line = output.line("minting_key");
    line.field("key", about.key_id)
        .field("type", about.key_type)
        .field("bits", std::uint64_t{about.key_bits});
    line.field("subject", about.subject).field("not_after", utc_text(about.not_after));
    line.words("the private key alone decides; the subject does not matter" +
               std::string(now < about.not_after
                               ? "; expires in " + duration_text(about.not_after - now)
                               : ""));
    output.write(log_level::info, line);
    for (const auto& each : keys.verifying) {
        auto verifying = output.line("verifying_key");
        verifying.field("key", each.key_id).field("subject", each.subject);
        verifying.field("not_after", utc_text(each.not_after));
        output.write(log_level::info,
                     verifying.words("what it minted stays good until its certificate ends"));
    }
}

std::string listener_words(session::listener kind, const options& chosen) {
    if (kind == session::listener::mras) return "SIP and rpc, TLS and plain text";
    std::string text = "Redis protocol, for coturn's redis-userdb: keys for ";
    if (chosen.redis_password_file.empty()) return text + "loopback peers only";
    text += chosen.allow.empty() ? "any peer" : "loopback peers and those that --allow names, each";
    return text + " with the password";
}

void announce_settings(log& output, const options& chosen, wall_time now, std::size_t workers) {
    auto serving = output.line("serving");
    serving.field("workers", workers).field("max_connections", chosen.connections.max_connections);
    output.write(log_level::info, serving.words(who_is_served(chosen)));

    auto time = output.line("clock");
    time.field("server_time", utc_text(now));
    time.field("clock_offset",
               chosen.clock_offset == ticks{0} ? "0 s" : signed_duration_text(chosen.clock_offset));
    time.field("clock_tolerance", duration_text(chosen.clock_tolerance));
    time.field("max_lifetime", duration_text(chosen.max_lifetime));
    const bool moved = chosen.clock_offset != ticks{0};
    output.write(moved ? log_level::warning : log_level::info,
                 time.words(moved ? "this clock is wrong on purpose (--clock-offset)" : ""));

    if (chosen.lab) {
        output.write(log_level::warning,
                     output.line("lab").words("this server is wrong whenever `relayauth lab` says "
                                              "so (--lab)"));
    }
    if (chosen.relays.empty()) {
        output.write(log_level::warning,
                     output.line("no_relay")
                         .words("answers name this host, ports 3478 and 443, as the relay: "
                                "name the real ones with --relay"));
    }
}

void announce_totals(log& output, std::span<const counters* const> all, bool lab) {
    auto line = output.line("stopped");
    if (lab) line.field("lab", "on");
    const auto add = [&line](std::string_view name, std::string_view reason, std::uint64_t sum) {
        if (sum == 0) return;
        std::string key(name);
        if (!reason.empty()) key += "_" + std::string(reason);
        line.field(key, sum);
    };
    for (std::size_t kind = 0; kind < event_kinds; ++kind) {
        for (std::size_t reason = 0; reason <= refusals; ++reason) {
            std::uint64_t sum = 0;
            for (const auto* each : all)
                sum += each->sum(static_cast<session::event::kind>(kind), reason);
            const auto name = reason == refusals
                                  ? std::string_view()
                                  : credential::to_text(static_cast<credential::refusal>(reason));
            add(session::to_text(static_cast<session::event::kind>(kind)), name, sum);
        }
    }
    for (std::size_t kind = 0; kind < transport_kinds; ++kind) {
        std::uint64_t sum = 0;
        for (const auto* each : all) sum += each->transport[kind].value();
        add(net::to_text(static_cast<net::transport_event::kind>(kind)), {}, sum);
    }
    output.write(log_level::info, line);
}

}  // namespace relayauth::server
