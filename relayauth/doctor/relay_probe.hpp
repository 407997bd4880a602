#pragma once

#include "relayauth/client/endpoint.hpp"
#include "relayauth/doctor/findings.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace relayauth::doctor {

// relay_credential is one way to log in; `what` is `the MRAS token`.
struct relay_credential {
    std::string what;
    std::string username;
    std::string password;
};

// relay_question says where a relay is and what to try there, in this order.
struct relay_question {
    client::endpoint where;
    relay_credential first;
    // Asked for when the relay refuses the first; gets the relay's realm. Nothing: there is none.
    std::function<std::optional<relay_credential>(const std::string& realm)> second;
};

// probe_relay does what two clients would: an allocation without credentials, which must be
// refused, two with, permissions both ways, one packet from one to the other, and the release of
// both. Over UDP. Waits no longer than `within`. One thread at a time.
relay_findings probe_relay(const relay_question& asked, std::chrono::milliseconds within);

}  // namespace relayauth::doctor
