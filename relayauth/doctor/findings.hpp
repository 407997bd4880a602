#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/certificate/facts.hpp"
#include "relayauth/client/failure.hpp"
#include "relayauth/doctor/clock_estimate.hpp"
#include "relayauth/doctor/kernel_clock.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relayauth::doctor {

// What one examination saw, before anybody judges it. Text in here may be the peer's: make it
// printable before it is shown. Empty optionals: not looked at, or not come to.

// tls_findings is what the listener showed.
struct tls_findings {
    std::string version;
    std::optional<certificate::facts> certificate;  // nothing: it could not be read
    bool is_for_name = false;  // whether the certificate has the name that was asked for
    std::optional<std::string> untrusted;  // why it did not pass --ca
};

// broken_connection is one that came to nothing.
struct broken_connection {
    client::failure why;
    bool unanswered = false;  // waited for in vain; else closed, reset or refused
    std::chrono::milliseconds waited{0};
};

// plain_findings is what a server that did not do TLS makes of a request in plain text.
struct plain_findings {
    enum class kind { silent, closed, sip, other };
    kind what = kind::silent;
    std::string received;  // the beginning of it
    std::chrono::milliseconds waited{0};
};

// service_findings is the answer to SERVICE.
struct service_findings {
    std::chrono::milliseconds took{0};
    std::optional<client::failure> failed;  // no answer that could be read
    std::string received;                   // then: the beginning of what came; may be empty
    int sip_status = 0;
    std::string sip_reason;
    std::string reason_phrase;  // of the MRAS body; empty: there was none
    std::string warning;

    bool granted() const { return !failed && reason_phrase == "OK"; }
    // Only relayauth says so, in its Warning.
    bool clock_held() const {
        return !granted() && warning.find("clock is held") != std::string::npos;
    }
};

// credential_findings is what the credential is like; neither its username nor its password is
// kept.
struct credential_findings {
    std::string problem;  // what is wrong with its form; empty: nothing
    std::uint32_t duration_minutes = 0;
    std::optional<std::string> version;  // `v2`
    std::optional<wall_time> issued_at;  // of the server's clock, as the token has it
    std::optional<wall_time> expires_at;
    std::vector<std::string> relays;           // `internet relay.example.test udp 3478 tcp 443`
    std::vector<std::string> relay_addresses;  // their `HOST:PORT` over UDP
};

// rpc_findings is what the rpc door says, if there is one.
struct rpc_findings {
    enum class door {
        open,
        none,    // it takes connections and answers SERVICE, but no rpc
        broken,  // it cannot be told: what was connected after SERVICE broke
        late,    // nor can it: no answer came in the time that was left
    };
    door is = door::open;
    // With `broken` and `late` why; with `open` another connection came to nothing before.
    std::optional<broken_connection> broke;
    std::string minting_key;
    bool validated = false;     // the credential was asked about
    std::string refused;        // the reason of its refusal; empty: it is good
    std::string refused_words;  // the server's
    std::string signed_by;      // which key the server says signed it
    bool wrong_password_refused = false;
};

// key_findings is the comparison with --certificate.
struct key_findings {
    std::string file;
    std::string wanted_id;
    std::string server_id;                 // as the server tells; empty: it does not
    std::optional<bool> signed_the_token;  // tried with the private key; nothing: it was not there
};

// relay_findings is what a TURN relay made of the credential.
struct relay_findings {
    enum class step {
        no_address,   // its name has none
        none,         // no answer at all
        open,         // an allocation without credentials
        not_turn,     // an answer that is none
        refused,      // every credential
        not_relayed,  // allocated, and no packet came back
        done,
    };
    step reached = step::none;
    std::string trouble;  // in words; empty: none
    std::string realm;
    std::string used;             // `the MRAS token`, `a TURN REST name`
    std::string refused;          // which were refused before or altogether
    bool token_refused = false;   // the first that was tried, which is what users get
    bool peer_forbidden = false;  // it does not relay to its own addresses (403)
    bool released = false;
    std::chrono::milliseconds packet_took{0};
};

// findings is all of it.
struct findings {
    wall_time at;        // of this machine
    std::string server;  // `HOST:PORT`
    std::string host;
    std::string name_wanted;  // in the certificate: --server-name, else the host
    bool name_is_address = false;
    bool name_is_given = false;  // by --server-name
    bool tls_wanted = true;
    ticks tolerance = std::chrono::seconds(300);

    std::vector<std::string> addresses;
    std::optional<client::failure> unresolved;
    std::optional<client::failure> not_connected;  // of TCP or of the handshake
    std::chrono::milliseconds tls_waited{0};       // for a handshake, in vain; 0: it was closed
    std::optional<broken_connection> broke_first;  // before the one that stands
    std::string connected_to;
    std::chrono::milliseconds connect_took{0};
    std::optional<tls_findings> tls;
    std::optional<plain_findings> plain;
    std::optional<service_findings> service;
    std::optional<credential_findings> credential;
    std::optional<rpc_findings> rpc;
    std::optional<clock_reading> clock;
    std::optional<clock_reading> date_clock;  // by the Date of SERVICE's answer alone
    kernel_clock kernel;
    std::optional<key_findings> key;
    std::string relay;  // `HOST:PORT`; empty: none was named
    std::optional<relay_findings> relayed;
};

}  // namespace relayauth::doctor
