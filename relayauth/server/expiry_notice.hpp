#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/server/loaded_keys.hpp"

#include <span>
#include <string>
#include <vector>

namespace relayauth::server {

// watched_certificate is one whose end the operator must hear of in time.
struct watched_certificate {
    std::string key_id;
    wall_time not_after;
    bool only_verifies = false;  // its credentials end with it; else it serves on, expired
};

// watched gives the minting, the TLS and the verifying certificates of `keys`.
std::vector<watched_certificate> watched(const loaded_keys& keys);

// How long before its end a certificate is named.
inline constexpr ticks expiry_notice_period = std::chrono::hours(14 * 24);

// expiry_notices gives a line for each certificate that has ended at `now`, the machine's clock, or
// will within expiry_notice_period. `allow_expired`: --allow-expired-certificate. Pure.
std::vector<std::string> expiry_notices(std::span<const watched_certificate> certificates,
                                        bool allow_expired, wall_time now);

}  // namespace relayauth::server
