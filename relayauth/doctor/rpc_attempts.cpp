#include "relayauth/doctor/rpc_attempts.hpp"

#include <utility>

namespace relayauth::doctor {

using client::failure_kind;
using door = rpc_findings::door;

rpc_findings::door door_shown(const broken_connection& attempt, bool connected) {
    if (attempt.unanswered) return door::late;
    const auto kind = attempt.why.kind;
    const bool read_it = kind == failure_kind::closed || kind == failure_kind::other;
    return connected && read_it ? door::none : door::broken;
}

rpc_findings joined_attempts(const rpc_findings& first, rpc_findings second) {
    if (second.is == door::open) {
        second.broke = first.broke;
        return second;
    }
    if (first.is == door::broken || second.is == door::none) return first;
    return second;
}

rpc_findings after_another_service(rpc_findings attempts,
                                   const std::optional<broken_connection>& broke) {
    if (attempts.is != door::none && attempts.is != door::late) return attempts;
    attempts.is = broke ? door::broken : door::none;
    if (broke) attempts.broke = broke;
    return attempts;
}

}  // namespace relayauth::doctor
