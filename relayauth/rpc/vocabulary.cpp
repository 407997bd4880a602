#include "relayauth/rpc/vocabulary.hpp"

namespace relayauth::rpc {

std::string_view to_text(dialect value) {
    switch (value) {
        case dialect::mras:
            return "mras";
        case dialect::turn_rest:
            return "turn_rest";
    }
    return "";
}

}  // namespace relayauth::rpc
