#include "relayauth/cli/exit_codes.hpp"

namespace relayauth::cli {

int exit_code_of(load::verdict_kind verdict) {
    switch (verdict) {
        case load::verdict_kind::good:
            return exit_good;
        case load::verdict_kind::interrupted:
        case load::verdict_kind::errors:
        case load::verdict_kind::missed:
        case load::verdict_kind::overloaded:
        case load::verdict_kind::faulty:
            return exit_not_good;
        case load::verdict_kind::invalid:
            return exit_void;
    }
    return exit_void;
}

}  // namespace relayauth::cli
