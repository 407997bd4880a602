#pragma once

#include "relayauth/credential/issue.hpp"
#include "relayauth/credential/issue_rest_name.hpp"
#include "relayauth/credential/refusal.hpp"
#include "relayauth/credential/validate.hpp"
#include "relayauth/session/peer.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace relayauth::session {

// door is the wire language that an event came through.
enum class door { sip, rpc, redis };
std::string_view to_text(door value);

// issued_facts is what may be told of a minted credential: neither its username nor its password.
struct issued_facts {
    explicit issued_facts(const credential::minted& from)
        : version(from.version),
          granted(from.granted),
          expires_at(from.expires_at),
          client(from.client),
          key_id(from.key_id) {}
    explicit issued_facts(const credential::minted_rest_name& from)
        : granted(from.granted),
          expires_at(from.expires_at),
          client(from.client),
          key_id(from.key_id) {}

    std::optional<token::version> version;  // nothing: a TURN REST name
    std::chrono::minutes granted;
    wall_time expires_at;
    token::client_id client;  // a keyed hash of the identity
    std::string_view key_id;
};

// event is something that happened to a request or a connection. A session reports, the server
// counts and logs. Views live until the call returns; nothing in it is secret.
struct event {
    enum class kind {
        issued,            // `credential`
        issue_refused,     // `reason`, `detail`; as peer_clock if that was the reason
        validated,         // `verdict`, good
        validate_refused,  // `verdict`; without one, as busy: `reason`, `detail`
        explained,         // `verdict` and `detail` on a text, `reason` if it would be refused
        request_refused,   // not a request we serve: `reason`, `detail`, `status` on the sip door
        peer_refused,      // this peer may not ask: `detail` says how to let it
        response_ignored,  // a SIP response arrived
        unknown_protocol,  // neither SIP nor rpc
        peer_clock,        // what its clock shows: `offset`, `peer_time`, `server_time`
    };
    explicit event(kind happened, session::door through = session::door::sip)
        : what(happened), door(through) {}

    kind what;
    session::door door;
    std::optional<credential::refusal> reason;
    std::string_view detail;
    int status = 0;
    std::string_view realm = {};  // that coturn asked for, the peer's own text
    std::optional<ticks> offset;  // this server's clock minus the peer's
    wall_time peer_time = {};
    wall_time server_time = {};
    const issued_facts* credential = nullptr;
    const credential::verdict* verdict = nullptr;
};
std::string_view to_text(event::kind what);

// observer hears of events on the thread of the session; it must not block.
class observer {
public:
    virtual ~observer() = default;
    virtual void on_event(const peer& who, const event& happened) = 0;
    // A lab rule spoils the delivery of one answer: the events between these two calls are of it.
    // `goes_out`: it, or the half of it, goes out with the other answers of its read.
    virtual void on_spoilt_answer() {}
    virtual void on_spoilt_answer_end([[maybe_unused]] bool goes_out) {}
};

}  // namespace relayauth::session
