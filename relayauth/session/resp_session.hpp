#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/resp/framer.hpp"
#include "relayauth/session/access.hpp"
#include "relayauth/session/context.hpp"
#include "relayauth/session/peer.hpp"
#include "relayauth/session/resp_service.hpp"
#include "relayauth/session/sip_session.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace relayauth::session {

// resp_session answers the commands of one connection to --redis-listen: the part of the Redis
// protocol that coturn's redis-userdb speaks. Sans-io: octets in, replies appended to `out`, one
// for each command and in their order. One thread at a time.
class resp_session {
public:
    explicit resp_session(standing rights) : client_{rights} {}

    // on_bytes answers every whole command in `input`, until `out` has grown past
    // settings::max_pending_output.
    progress on_bytes(context& ctx, const peer& who, std::span<char> input, wall_time now,
                      std::string& out);

    // Whether the client gave the password.
    bool is_authenticated() const { return client_.authenticated; }

    // Whether a command has begun and not ended.
    bool inside_message() const { return framer_.inside_command(); }

private:
    bool is_too_long_before_auth(const context& ctx, std::size_t unfinished) const;

    resp::framer framer_;
    resp_client client_;
};

}  // namespace relayauth::session
