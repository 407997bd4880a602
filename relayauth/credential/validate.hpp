#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/limits.hpp"
#include "relayauth/credential/refusal.hpp"
#include "relayauth/keyring/ring.hpp"
#include "relayauth/token/token.hpp"

#include <optional>
#include <string_view>

namespace relayauth::credential {

// validate_request is a username as a client showed it (base64) and what else it must fit.
struct validate_request {
    std::string_view username;
    std::optional<std::string_view> password;  // base64, as issued
    std::optional<std::string_view> realm;     // must be one of validate_limits::realms
    std::optional<std::string_view> identity;  // must be the one that it was minted for
};

// verdict says good, or why not, with everything that a person needs to believe it.
struct verdict {
    std::optional<refusal> refused = refusal::internal;  // nothing: good
    wall_time server_time;                               // the clock that decided
    // What the token says; absent when it could not be read. After unknown_key these are claims.
    std::optional<token::fields> claimed;
    std::string_view key_id;  // whose signature it carries; empty when nobody's. Lives as the ring.
    ticks accept_lifetime{0};  // the longest lifetime that was accepted (for minted_ahead)

    bool good() const { return !refused; }
    std::optional<wall_time> expires_at() const;
    std::optional<wall_time> issued_at() const;
    // This server's clock minus the token's issue time: negative, we are behind the mint.
    std::optional<ticks> offset() const;
};

// refusal_of is what time says of a credential, as a refusal; nothing when it is valid.
std::optional<refusal> refusal_of(validity state);

// validate decides whether a credential is good at `now`, in this order: shape (malformed,
// unsupported_version), signature (unknown_key; newest key first, compared in constant time), time
// (expired, not_yet_valid, minted_ahead), wrong_realm, wrong_identity, wrong_password.
// Protocol notes 3.2. Pure: reads no clock, caches no verdict. Safe from any thread.
verdict validate(const validate_request& request, const keyring::ring& keys,
                 const validate_limits& limits, wall_time now);

}  // namespace relayauth::credential
