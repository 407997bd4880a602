#pragma once

#include "relayauth/credential/explain.hpp"
#include "relayauth/rpc/explained.hpp"

namespace relayauth::cli {

// explanation_of is what a server told, as if this program had found it out: with the server's keys
// and clock it is equal to what explain() gives here. A server may tell any nonsense: what does not
// fit together is left out. Pure; safe from any thread.
credential::explanation explanation_of(const rpc::explained& told);

}  // namespace relayauth::cli
