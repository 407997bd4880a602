#pragma once

#include "relayauth/credential/limits.hpp"
#include "relayauth/credential/validate.hpp"

#include <optional>
#include <string_view>

namespace relayauth::credential {

// What validate() holds a credential against beside signature and time. Pure; safe from any thread.

// serves_realm: whether no realm is asked for, or one that we answer for.
bool serves_realm(const std::optional<std::string_view>& realm, const validate_limits& limits);

// fits_text compares a password as it was shown with the one that belongs to the username, in
// constant time.
bool fits_text(std::string_view shown, crypto::sha1_tag password);

// fits_identity compares the identity asked for with the one that a TURN REST name spells.
bool fits_identity(std::string_view asked, std::string_view spelled);

// validate_rest_name is validate() for a username that token::is_rest_name.
verdict validate_rest_name(const validate_request& request, const keyring::ring& keys,
                           const validate_limits& limits, wall_time now);

}  // namespace relayauth::credential
