#include "relayauth/session/event.hpp"

namespace relayauth::session {

std::string_view to_text(door value) {
    switch (value) {
        case door::sip:
            return "sip";
        case door::rpc:
            return "rpc";
        case door::redis:
            return "redis";
    }
    return {};
}

std::string_view to_text(event::kind what) {
    switch (what) {
        case event::kind::issued:
            return "issued";
        case event::kind::issue_refused:
            return "issue_refused";
        case event::kind::validated:
            return "validated";
        case event::kind::validate_refused:
            return "validate_refused";
        case event::kind::explained:
            return "explained";
        case event::kind::request_refused:
            return "request_refused";
        case event::kind::peer_refused:
            return "peer_refused";
        case event::kind::response_ignored:
            return "response_ignored";
        case event::kind::unknown_protocol:
            return "unknown_protocol";
        case event::kind::peer_clock:
            return "peer_clock";
    }
    return {};
}

}  // namespace relayauth::session
