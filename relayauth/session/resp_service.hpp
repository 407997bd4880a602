#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/session/access.hpp"
#include "relayauth/session/context.hpp"
#include "relayauth/session/peer.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace relayauth::session {

// resp_client is what a connection to --redis-listen may do.
struct resp_client {
    standing rights;
    bool authenticated = false;  // it gave the password, where one is required
    int wrong_passwords = 0;
};

// Whoever has not hit the password by then has to connect again.
inline constexpr int most_wrong_passwords = 3;

// A password is a few dozen octets; nobody needs more to say AUTH.
inline constexpr std::size_t max_bytes_before_auth = 4096;

// answer_command appends the reply to one command, `arguments` being its name (any case) and what
// follows, at least the name. PING, AUTH and SELECT do as redis-server does. GET gives
// the long-term key of a good credential (32 hexadecimal digits, MD5 over text: RFC 5389 15.4) for
// `turn/realm/R/user/U/key`, and what settings say for max-bps, user-quota and total-quota; nil for
// anything else, with an event that says why when it was a user's key. KEYS, SMEMBERS and HGETALL
// find nothing. Any other command is an error. `now` is the clock when it was read. Returns whether
// the connection must end: after `POST` or `Host:`, with which a web page could make a browser
// speak to a loopback port, and after most_wrong_passwords.
bool answer_command(context& ctx, const peer& who, resp_client& client,
                    std::span<const bytes_view> arguments, wall_time now, std::string& out);

}  // namespace relayauth::session
