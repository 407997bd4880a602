#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/limits.hpp"
#include "relayauth/credential/live_policy.hpp"
#include "relayauth/credential/validate.hpp"
#include "relayauth/keyring/ring.hpp"

#include <optional>
#include <string_view>

namespace relayauth::credential {

// live_limits are `limits` as they stand for a request within a live session.
validity_limits live_limits(const validity_limits& limits, const live_policy& policy);

// note_live_session gives a good verdict on a request of a live session its words, if `limits`
// alone would have called it expired.
void note_live_session(verdict& decided, const validity_limits& limits);

// deadline_of is the first tick at which a relay must have cut a session with this good credential
// (hard), or from which the session's requests are refused (refresh_grace); nothing under
// allocate_only.
std::optional<wall_time> deadline_of(const verdict& decided, const validity_limits& limits,
                                     const live_policy& policy);

// message_request is a STUN or MS-TURN request as it came, and the realm of the relay that it came
// to.
struct message_request {
    bytes_view octets;
    std::string_view realm;
    // Whether it belongs to a session that has been made. Nothing: RFC requests other than Allocate
    // do, MS-TURN ones do not, since there a refresh is another Allocate.
    std::optional<bool> live = {};
};

// check_message decides whether the holder of a good credential signed the request, at `now`.
// RFC 5389 10.2.2, RFC 8489 9.2.4 with MESSAGE-INTEGRITY and MESSAGE-INTEGRITY-SHA256, and MS-TURN
// (protocol notes 4.4). Refusals beside those of validate(), each with words of its own: malformed
// (no STUN request, unsigned, without USERNAME or REALM, a realm that is not UTF-8), wrong_realm (a
// REALM unlike the one asked for), unsupported_version (USERHASH without USERNAME, since nothing
// is kept here that could turn it back; an unknown PASSWORD-ALGORITHM; MS-TURN's SHA-256 form),
// wrong_password (the integrity is not that of the credential's password). Whether the nonce is
// fresh and the request no replay is the relay's business: nothing here looks at NONCE.
// Pure: reads no clock, keeps nothing. Safe from any thread.
verdict check_message(const message_request& request, const keyring::ring& keys,
                      const validate_limits& limits, const live_policy& policy, wall_time now);

}  // namespace relayauth::credential
