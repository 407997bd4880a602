#include "relayauth/server/option_table.hpp"

#include "relayauth/server/option_setters.hpp"

#include <algorithm>
#include <array>

namespace relayauth::server {
namespace {

constexpr std::uint64_t shortest =
    static_cast<std::uint64_t>(credential::shortest_max_lifetime.count());
constexpr std::uint64_t longest =
    static_cast<std::uint64_t>(credential::longest_max_lifetime.count());

constexpr std::uint64_t most_quota = 0x7FFF'FFFF;  // coturn keeps them in an int

const auto& table() {
    static const std::array rows = {
        option{"certificate", "FILE",
               "A/V authentication certificate, PEM or PFX: its private key mints, its names mean "
               "nothing; may be repeated: the first mints, the others only verify what they minted "
               "before",
               true, "Keys", texts(&options::certificates),
               [](options& o) { o.certificates.clear(); }},
        option{"key", "FILE",
               "its private key (default: in the certificate's file); may be repeated: the nth "
               "belongs to the nth --certificate",
               true, "Keys", texts(&options::keys), [](options& o) { o.keys.clear(); }},
        option{"password-file",
               "FILE",
               "the first line is the password of --key, --tls-key or a PFX",
               false,
               "Keys",
               text(&options::password_file),
               {}},
        option{"allow-expired-certificate",
               "",
               "start although the certificate is outside its dates",
               false,
               "Keys",
               on_off(&options::allow_expired_certificate),
               {}},
        option{"tls-certificate",
               "FILE",
               "what the listener presents (default: --certificate, with a warning); clients do "
               "look at its names",
               false,
               "Keys",
               text(&options::tls_certificate),
               {}},
        option{"tls-key",
               "FILE",
               "its private key (default: in the file of --tls-certificate)",
               false,
               "Keys",
               text(&options::tls_key),
               {}},

        option{"listen", "HOST:PORT",
               "where to listen; may be repeated (default: 0.0.0.0:5062 and [::]:5062)", true,
               "Who is served", set_listen, [](options& o) { o.listen.clear(); }},
        option{"plaintext",
               "WHO",
               "who may speak without TLS: loopback, always or never (default: loopback)",
               false,
               "Who is served",
               set_plaintext,
               {}},
        option{"client-ca",
               "FILE",
               "require a client certificate that chains to one of these (PEM)",
               false,
               "Who is served",
               text(&options::client_ca),
               {}},
        option{"relay-ca",
               "FILE",
               "give long-term keys to TLS clients whose certificate chains to one of these (PEM), "
               "beside loopback",
               false,
               "Who is served",
               text(&options::relay_ca),
               {}},
        option{"client-name", "GLOB",
               "only certificates with such a name may mint; may be repeated (default: any)", true,
               "Who is served", set_client_name, [](options& o) { o.client_names.clear(); }},
        option{"allow", "CIDR",
               "serve these addresses beside loopback; may be repeated (default: loopback only, "
               "unless --client-ca)",
               true, "Who is served", set_allow, [](options& o) { o.allow.clear(); }},

        option{"relay", "WHERE=HOST[:UDP[:TCP]]",
               "a relay to name in answers, WHERE being internet or intranet; may be repeated "
               "(default: this host, 3478 and 443, both)",
               true, "Answers", set_relay, [](options& o) { o.relays.clear(); }},
        option{
            "realm", "REALM",
            "the relay's realm; may be repeated, the first goes into MRAS answers (default: none)",
            true, "Answers", set_realm, [](options& o) { o.realms.clear(); }},

        option{"redis-listen",
               "HOST:PORT",
               "answer coturn's redis-userdb there; loopback only, unless --redis-password-file "
               "(default: off)",
               false,
               "Relays that ask",
               set_redis_listen,
               {}},
        option{"redis-password-file",
               "FILE",
               "its first line is the password that coturn must give (AUTH)",
               false,
               "Relays that ask",
               text(&options::redis_password_file),
               {}},
        option{"max-bps",
               "N",
               "what coturn is told: octets a second of one session (default: its own setting)",
               false,
               "Relays that ask",
               count(
                   [](options & o) -> auto& { return o.max_bps.emplace(); }, 0, most_quota),
               {}},
        option{"user-quota",
               "N",
               "what coturn is told: allocations of one user (default: its own setting)",
               false,
               "Relays that ask",
               count(
                   [](options & o) -> auto& { return o.user_quota.emplace(); }, 0, most_quota),
               {}},
        option{"total-quota",
               "N",
               "what coturn is told: allocations of the realm (default: its own setting)",
               false,
               "Relays that ask",
               count(
                   [](options & o) -> auto& { return o.total_quota.emplace(); }, 0, most_quota),
               {}},

        option{"max-lifetime",
               "MINUTES",
               "the longest lifetime granted (default: 480)",
               false,
               "Time",
               count(
                   [](options & o) -> auto& { return o.max_lifetime; }, shortest, longest),
               {}},
        option{"accept-lifetime",
               "MINUTES",
               "the longest lifetime believed when a credential does not say its own (default: the "
               "larger of --max-lifetime and 480)",
               false,
               "Time",
               count(
                   [](options & o) -> auto& { return o.accept_lifetime.emplace(); }, shortest,
                   longest),
               {}},
        option{"clock-tolerance",
               "S",
               "how far apart two honest clocks may be, in seconds (default: 300, at most 900)",
               false,
               "Time",
               set_clock_tolerance,
               {}},
        option{"expiry-grace",
               "S",
               "how long after its expiry a credential still counts, in seconds (default: 0)",
               false,
               "Time",
               set_expiry_grace,
               {}},
        option{"clock-offset",
               "DURATION",
               "run with the clock wrong on purpose, as +8h (default: 0)",
               false,
               "Time",
               set_clock_offset,
               {}},

        option{"workers",
               "N",
               "threads that serve connections (default: one for each processor)",
               false,
               "Running",
               count(
                   [](options & o) -> auto& { return o.workers.emplace(); }, 1, 256),
               {}},
        option{"log-format",
               "FORMAT",
               "text or json (default: text), on standard error",
               false,
               "Running",
               set_log_format,
               {}},

        option{
            "max-connections",
            "N",
            "connections at a time (default: 50000)",
            false,
            "Limits",
            count(
                [](options & o) -> auto& { return o.connections.max_connections; }, 1, 10'000'000),
            {}},
        option{"max-memory",
               "BYTES",
               "all buffers together; above it: Server Busy (default: 256MiB)",
               false,
               "Limits",
               bytes(
                   [](options & o) -> auto& { return o.connections.max_memory_bytes; }, 64 * 1024,
                   std::uint64_t{1} << 40, "from 64KiB up"),
               {}},
        option{"max-message",
               "BYTES",
               "one SIP message or rpc frame (default: 512KiB)",
               false,
               "Limits",
               bytes(
                   [](options & o) -> auto& { return o.messages.max_message_bytes; }, 4096,
                   64 * 1024 * 1024, "from 4KiB to 64MiB"),
               {}},
        option{"max-header-block",
               "BYTES",
               "the headers of one SIP message (default: 16KiB)",
               false,
               "Limits",
               bytes(
                   [](options & o) -> auto& { return o.messages.max_header_bytes; }, 1024,
                   1024 * 1024, "from 1KiB to 1MiB"),
               {}},
        option{
            "max-headers",
            "N",
            "headers in one SIP message (default: 100)",
            false,
            "Limits",
            count(
                [](options & o) -> auto& { return o.messages.max_headers; }, 10, sip::most_headers),
            {}},
        option{"max-pending-output",
               "BYTES",
               "unsent answers of one connection, above which it is not read (default: 1MiB)",
               false,
               "Limits",
               bytes(
                   [](options & o) -> auto& { return o.max_pending_output; }, 4096,
                   1024 * 1024 * 1024, "from 4KiB to 1GiB"),
               {}},
        option{"idle-timeout",
               "T",
               "close a connection without requests for this long (default: 20m)",
               false,
               "Limits",
               timeout(&net::limits::idle_timeout),
               {}},
        option{"handshake-timeout",
               "T",
               "time to finish the TLS handshake (default: 10s)",
               false,
               "Limits",
               timeout(&net::limits::handshake_timeout),
               {}},
        option{"message-timeout",
               "T",
               "time to finish a message once begun (default: 30s)",
               false,
               "Limits",
               timeout(&net::limits::message_timeout),
               {}},
    };
    return rows;
}

char folded(char c) {
    return c == '_' ? '-' : c;
}

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return folded(x) == folded(y); });
}

}  // namespace

std::span<const option> option_table() {
    return table();
}

const option* find_option(std::string_view name) {
    for (const auto& each : table()) {
        if (same_name(each.name, name)) return &each;
    }
    return nullptr;
}

}  // namespace relayauth::server
