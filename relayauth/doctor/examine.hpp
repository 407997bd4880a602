#pragma once

#include "relayauth/client/connect_settings.hpp"
#include "relayauth/doctor/findings.hpp"
#include "relayauth/keyring/ring.hpp"

#include <optional>
#include <string>

namespace relayauth::doctor {

// expected_key is what --certificate names.
struct expected_key {
    std::string file;
    std::string key_id;
    keyring::ring ring;  // empty: the private key is not there
};

// question is what to look at, and how.
struct question {
    client::connect_settings server;
    std::string identity;  // a SIP URI
    ticks tolerance = std::chrono::seconds(300);
    std::optional<client::endpoint> relay;
    const expected_key* key = nullptr;  // may be null
};

// However slow or hostile a server is, an examination ends within this.
inline constexpr std::chrono::milliseconds longest_examination{14000};

// examine asks the server, and the relay if one is named, as a Front End and a client would: one
// SERVICE (up to 8 where only their Date tells the server's time), some rpc calls, two allocations.
// Waits; one thread at a time.
findings examine(const question& asked);

}  // namespace relayauth::doctor
