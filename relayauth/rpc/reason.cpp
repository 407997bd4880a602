#include "relayauth/rpc/reason.hpp"

namespace relayauth::rpc {

std::string_view to_text(reason why) {
    switch (why) {
        case reason::malformed:
            return "malformed";
        case reason::unknown_key:
            return "unknown_key";
        case reason::expired:
            return "expired";
        case reason::not_yet_valid:
            return "not_yet_valid";
        case reason::minted_ahead:
            return "minted_ahead";
        case reason::wrong_password:
            return "wrong_password";
        case reason::wrong_realm:
            return "wrong_realm";
        case reason::wrong_identity:
            return "wrong_identity";
        case reason::forbidden:
            return "forbidden";
        case reason::busy:
            return "busy";
        case reason::too_large:
            return "too_large";
        case reason::unsupported_version:
            return "unsupported_version";
        case reason::internal:
            return "internal";
    }
    return "";
}

}  // namespace relayauth::rpc
