#include "relayauth/net/transport_event.hpp"

namespace relayauth::net {

std::string_view to_text(transport_event::kind what) {
    switch (what) {
        case transport_event::kind::accepted:
            return "accepted";
        case transport_event::kind::closed:
            return "closed";
        case transport_event::kind::tls_established:
            return "tls_established";
        case transport_event::kind::tls_failed:
            return "tls_failed";
        case transport_event::kind::handshake_timeout:
            return "handshake_timeout";
        case transport_event::kind::message_timeout:
            return "message_timeout";
        case transport_event::kind::message_cut_short:
            return "message_cut_short";
        case transport_event::kind::idle_timeout:
            return "idle_timeout";
        case transport_event::kind::too_many_connections:
            return "too_many_connections";
        case transport_event::kind::memory_exhausted:
            return "memory_exhausted";
        case transport_event::kind::accept_failed:
            return "accept_failed";
    }
    return {};
}

}  // namespace relayauth::net
