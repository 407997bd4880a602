#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/session/access.hpp"
#include "relayauth/session/context.hpp"
#include "relayauth/session/peer.hpp"

#include <span>
#include <string>

namespace relayauth::session {

// resp_client is what a connection to --redis-listen may do.
struct resp_client {
    standing rights;
    bool authenticated = false;  // it gave the password, where one is required
};

// answer_command appends the reply to one command, `arguments` being its name (any case) and what
// follows, at least the name. PING, AUTH and SELECT do as redis-server does. GET gives
// the long-term key of a good credential (32 hexadecimal digits, MD5 over text: RFC 5389 15.4) for
// `turn/realm/R/user/U/key`, and what settings say for max-bps, user-quota and total-quota; nil for
// anything else, with an event that says why when it was a user's key. KEYS, SMEMBERS and HGETALL
// find nothing. Any other command is an error. `now` is the clock when it was read. Returns whether
// the connection must end: after `POST` or `Host:`, with which a web page could make a browser
// speak to a loopback port.
bool answer_command(context& ctx, const peer& who, resp_client& client,
                    std::span<const bytes_view> arguments, wall_time now, std::string& out);

}  // namespace relayauth::session
