#include "relayauth/credential/refusal.hpp"

namespace relayauth::credential {

std::string_view to_text(refusal reason) {
    switch (reason) {
        case refusal::malformed:
            return "malformed";
        case refusal::unsupported_version:
            return "unsupported_version";
        case refusal::unknown_key:
            return "unknown_key";
        case refusal::expired:
            return "expired";
        case refusal::not_yet_valid:
            return "not_yet_valid";
        case refusal::minted_ahead:
            return "minted_ahead";
        case refusal::wrong_password:
            return "wrong_password";
        case refusal::wrong_realm:
            return "wrong_realm";
        case refusal::wrong_identity:
            return "wrong_identity";
        case refusal::forbidden:
            return "forbidden";
        case refusal::too_large:
            return "too_large";
        case refusal::busy:
            return "busy";
        case refusal::internal:
            return "internal";
    }
    return {};
}

}  // namespace relayauth::credential
