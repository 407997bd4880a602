#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/keyring/ring.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relayauth::bench {

// The usual request: a Front End's SERVICE for one user (protocol notes 2.1), 1.4 KB.
std::string service_request();
std::string_view mras_body();

// A ring with one minting key of fixed octets, and `older` keys that only verify.
keyring::ring make_ring(int older = 0);

inline constexpr wall_time now = wall_time::from_unix(std::chrono::seconds(1'800'000'000));

}  // namespace relayauth::bench
