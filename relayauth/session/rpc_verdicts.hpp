#pragma once

#include "relayauth/rpc/call.hpp"
#include "relayauth/session/rpc_answering.hpp"

namespace relayauth::session {

// answer appends the reply to a call that asks for verdicts, one for each item, and reports each
// verdict. A long-term key, where one is wanted and may be had, is in the reply alone: in no event,
// and in no memory left behind here. The reply in `out` is the caller's to wipe.
void answer(const answering& each, const rpc::validate_call& call);
void answer(const answering& each, const rpc::check_message_call& call);

}  // namespace relayauth::session
