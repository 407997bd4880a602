#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/keyring/ring.hpp"
#include "relayauth/session/lab_rules.hpp"
#include "relayauth/session/lab_settings.hpp"
#include "relayauth/session/settings.hpp"

#include <chrono>
#include <optional>

namespace relayauth::session {

// minting is what a credential is minted with: honestly, what was asked for, our keys and the time.
struct minting {
    const keyring::ring* keys;
    std::optional<std::chrono::minutes> duration;
    wall_time now;
    std::optional<std::chrono::seconds> lives_for = {};  // instead of all of `duration`
};

// How far a bad credential is outside what any honest clock could forgive.
inline constexpr std::chrono::minutes expired_since{1};
inline constexpr std::chrono::minutes not_yet_valid_by{10};

// spoil makes an honest minting one whose credential is as `rule` wants it; rules that leave the
// credential alone change nothing. `tells_issue_time`: the token of version 2 does. One that does
// not can only be told to come from the future by an expiry that is too late. Pure.
minting spoil(const lab_rule& rule, minting honest, bool tells_issue_time, const settings& in_force,
              const lab_settings& lab);

}  // namespace relayauth::session
