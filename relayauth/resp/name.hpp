#pragma once

#include "relayauth/base/bytes.hpp"

#include <span>
#include <string>
#include <string_view>

namespace relayauth::resp {

// key_kind is what a relay wants to know when it asks for a key.
enum class key_kind {
    user_key,     // turn/realm/R/user/U/key
    max_bps,      // turn/realm/R/max-bps
    user_quota,   // turn/realm/R/user-quota
    total_quota,  // turn/realm/R/total-quota
    other,        // anything else, also one of these with an empty realm
};

// key_name is a key taken apart; a view into the key.
struct key_name {
    key_kind kind = key_kind::other;
    // R, never empty; of a user_key `R/user/U`, for split_user_key; of other nothing.
    std::string_view realm;
};

// realm_and_user is the owner of a user_key; views into the key.
struct realm_and_user {
    std::string_view realm;  // empty only if the kind was not user_key
    std::string_view user;   // may be empty; any octets
};

// parse_key reads a key that coturn asks for. R and U may hold any octets, '/' and NUL too. Pure;
// safe from any thread.
key_name parse_key(bytes_view key);

// split_user_key divides `name`, which parse_key gave. Both parts may hold `/user/`: the longest of
// `realms` that fits is the realm, and if none fits, all before the first `/user/` that leaves it
// not empty. So a realm that is not among `realms` is one that the relay made up, not we. Pure;
// safe from any thread.
realm_and_user split_user_key(const key_name& name, std::span<const std::string> realms);

}  // namespace relayauth::resp
