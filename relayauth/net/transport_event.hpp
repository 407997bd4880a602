#pragma once

#include "relayauth/session/event.hpp"
#include "relayauth/session/peer.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace relayauth::net {

// transport_event is something that happened to a connection below its protocol. The view lives
// until the call returns.
struct transport_event {
    enum class kind {
        accepted,
        closed,
        tls_established,
        tls_failed,  // `detail`: which alert or check
        handshake_timeout,
        message_timeout,
        message_cut_short,  // the peer ended its stream inside a message
        idle_timeout,
        too_many_connections,
        memory_exhausted,  // --max-memory; the connection that would have grown is closed
        accept_failed,     // `detail`: the system's words; accepting pauses
    };
    transport_event::kind what;
    std::string_view detail = {};
};
std::string_view to_text(transport_event::kind what);

// held_back counts what an answer decided that a lab rule holds back.
struct held_back {
    std::uint32_t issues = 0;
    std::uint32_t validations = 0;
};

// observer hears of both kinds of events; one for each worker and one for the acceptor, each called
// from its own thread only. It must not block.
class observer : public session::observer {
public:
    virtual void on_transport(const session::peer& who, const transport_event& happened) = 0;
    // on_served follows the session's events of one read: how long after it their answers were
    // handed to the socket.
    virtual void on_served(std::chrono::nanoseconds since_read) = 0;
    // take_held_back gives what the last answer that did not go out with its read has decided, for
    // on_served_late once it does; no on_served counts it.
    virtual held_back take_held_back() = 0;
    virtual void on_served_late(const held_back& what, std::chrono::nanoseconds since_read) = 0;
    // Called from the worker's thread every sweep_interval (limits.hpp).
    virtual void on_tick() = 0;
};

}  // namespace relayauth::net
