#pragma once

#include "relayauth/credential/explain.hpp"
#include "relayauth/rpc/call.hpp"
#include "relayauth/rpc/explained.hpp"
#include "relayauth/session/rpc_answering.hpp"

namespace relayauth::session {

// answer appends the explanation of a text, by the keys and limits in force and this server's
// clock, and reports that it was asked for. It holds no key material.
void answer(const answering& each, const rpc::explain_call& call);

// to_wire is an explanation as the rpc protocol says it. Pure; safe from any thread.
rpc::explained to_wire(const credential::explanation& told);

}  // namespace relayauth::session
