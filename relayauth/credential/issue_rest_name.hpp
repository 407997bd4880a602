#pragma once

#include "relayauth/base/base64.hpp"
#include "relayauth/base/result.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/limits.hpp"
#include "relayauth/credential/refusal.hpp"
#include "relayauth/keyring/ring.hpp"
#include "relayauth/token/token.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace relayauth::credential {

// rest_name_request asks for a TURN REST credential for `identity` (any text but none at all).
// Without a duration the maximum is granted, without a realm the key's first.
struct rest_name_request {
    std::string_view identity;
    std::optional<std::chrono::minutes> duration;
    std::optional<std::string_view> realm;
    std::optional<std::chrono::seconds> lives_for = {};  // as issue_request::lives_for
};

// minted_rest_name is a TURN REST credential as it goes onto the wire. It owns its text. Its
// password is a secret: never into a log.
class minted_rest_name {
public:
    const std::string& username() const { return username_; }
    std::string_view password() const { return {password_.data(), password_.size()}; }

    std::chrono::minutes granted{0};
    wall_time issued_at;
    wall_time expires_at;       // on a whole second, as the name has it
    token::client_id client{};  // a keyed hash of the identity: what logs may name
    std::string_view key_id;    // lives as long as the ring that minted
    std::string_view realm;     // where it counts; likewise

private:
    friend result<minted_rest_name, refusal> issue_rest_name(const rest_name_request&,
                                                             const keyring::ring&,
                                                             const issue_limits&, wall_time);
    std::string username_;
    std::array<char, base64_size(token::password_size)> password_;
};

// issue_rest_name mints `expiry:identity` and base64(HMAC-SHA1(secret, name)) with the key that is
// minting at `now` (draft-uberti-behave-turn-rest 2.2). The expiry is rounded down to whole
// seconds, so up to a second of the lifetime is lost. Fails with refusal::malformed for an empty
// identity or a duration that is not positive, wrong_realm when the key has no secret for the
// realm, too_large when the identity does not fit into a STUN username, internal when no key is
// minting. Reads no clock, remembers nothing. Safe from any thread.
result<minted_rest_name, refusal> issue_rest_name(const rest_name_request& request,
                                                  const keyring::ring& keys,
                                                  const issue_limits& limits, wall_time now);

}  // namespace relayauth::credential
