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
#include <string_view>

namespace relayauth::credential {

// issue_request asks for a credential for `identity` (UTF-8, any text). Without a duration the
// maximum is granted.
struct issue_request {
    std::string_view identity;
    std::optional<std::chrono::minutes> duration;
    token::version version = token::version::v2;
    std::optional<std::chrono::seconds> lives_for = {};  // if less than what is granted; a lab's
};

// minted is a credential as it goes onto the wire: base64 username and password. It owns its text.
// Its password is a secret: never into a log.
class minted {
public:
    minted() {}  // leaves the text's memory as it is
    std::string_view username() const { return {username_.data(), username_size_}; }
    std::string_view password() const { return {password_.data(), password_.size()}; }

    token::version version = token::version::v2;
    std::chrono::minutes granted{0};
    wall_time issued_at;
    wall_time expires_at;
    token::client_id client{};  // a keyed hash of the identity: what logs may name
    std::string_view key_id;    // lives as long as the ring that minted

private:
    friend result<minted, refusal> issue(const issue_request&, const keyring::ring&,
                                         const issue_limits&, wall_time);
    std::array<char, base64_size(token::max_username_size)> username_;
    std::array<char, base64_size(token::password_size)> password_;
    std::size_t username_size_ = 0;
};

// issue mints a credential signed by the key that is minting at `now`. The lifetime is the shorter
// of what was asked and limits.max_lifetime, or request.lives_for. Its expiry may lie a few ticks
// of 100 ns before now + lifetime: no username or password is issued that libnice would damage
// (protocol notes 6). Fails with refusal::malformed for a duration that is not positive, and with
// refusal::internal when no key is minting. Reads no clock, remembers nothing. Safe from any
// thread.
result<minted, refusal> issue(const issue_request& request, const keyring::ring& keys,
                              const issue_limits& limits, wall_time now);

}  // namespace relayauth::credential
