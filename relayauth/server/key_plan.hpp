#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/certificate/facts.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace relayauth::server {

// end_of is the first moment at which a certificate is over: the second that its notAfter names
// still counts (RFC 5280 4.1.2.5).
wall_time end_of(const certificate::facts& about);

// planned_key is what one key does for those who give several --certificate.
struct planned_key {
    std::size_t certificate = 0;  // place in their list; of several with this key the last to end
    bool mints = false;
    wall_time verifies_until;  // max() of the one that mints
};

// repeated_key is a certificate whose key an earlier one has already.
struct repeated_key {
    std::size_t certificate = 0;
    std::string words;  // for people
};

struct key_plan {
    std::vector<planned_key> keys;  // newest first, each key once
    std::vector<repeated_key> repeats;
};

// plan_keys decides what the keys of --certificate do, wherever several may be given: the first
// mints, the others verify until their certificate is over. A key that comes again stays once, and
// if it only verifies, until the later of its ends: both certificates vouch for it. Pure.
key_plan plan_keys(std::span<const certificate::facts> newest_first);

}  // namespace relayauth::server
