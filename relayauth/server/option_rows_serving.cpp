#include "relayauth/server/option_rows.hpp"

#include "relayauth/server/option_setters.hpp"

namespace relayauth::server {
namespace {

constexpr std::uint64_t most_quota = 0x7FFF'FFFF;  // coturn keeps them in an int

}  // namespace

// Keys, who is served, answers, and the door for coturn.
std::vector<option> serving_rows() {
    return {
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
    };
}

}  // namespace relayauth::server
