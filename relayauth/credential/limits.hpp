#pragma once

#include "relayauth/base/validity_window.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace relayauth::credential {

// Microsoft's MaxTokenLifetime: default 8 hours, from 1 minute to 180 days.
inline constexpr std::chrono::minutes default_max_lifetime{480};
inline constexpr std::chrono::minutes shortest_max_lifetime{1};
inline constexpr std::chrono::minutes longest_max_lifetime{180 * 24 * 60};

// issue_limits bound what is granted.
struct issue_limits {
    std::chrono::minutes max_lifetime = default_max_lifetime;
};

// validate_limits bend the time edges and name the realms we answer for. With no realm configured,
// every realm that is asked for is another's.
struct validate_limits {
    validity_limits time;
    std::vector<std::string> realms;
    bool any_realm = false;  // the caller vouches for the realm that it asks for
};

}  // namespace relayauth::credential
