#include "relayauth/credential/dialect.hpp"

namespace relayauth::credential {

std::string_view to_text(dialect value) {
    return value == dialect::mras ? "mras" : "turn_rest";
}

}  // namespace relayauth::credential
