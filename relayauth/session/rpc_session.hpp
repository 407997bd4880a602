#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/rpc/wire.hpp"
#include "relayauth/session/access.hpp"
#include "relayauth/session/context.hpp"
#include "relayauth/session/peer.hpp"
#include "relayauth/session/peer_clock.hpp"
#include "relayauth/session/sip_session.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace relayauth::session {

// rpc_session answers the rpc frames of one connection (proto/README.md), preface first. Sans-io:
// octets in, whole reply frames appended to `out`, their written_at not yet stamped. One thread
// at a time.
class rpc_session {
public:
    rpc_session(std::size_t max_frame_bytes, standing rights)
        : framer_(max_frame_bytes), rights_(rights) {}

    // on_bytes answers every whole frame in `input`, until `out` has grown past
    // settings::max_pending_output.
    progress on_bytes(context& ctx, const peer& who, std::span<char> input, wall_time now,
                      std::string& out);

    // Whether a frame, or the preface, has begun and not ended.
    bool inside_message() const { return inside_message_; }

private:
    enum class begin { need_more, begun, refused };
    begin read_preface(context& ctx, const peer& who, bytes_view input, wall_time now,
                       std::string& out);

    rpc::framer framer_;
    standing rights_;
    peer_clock clock_;
    bool begun_ = false;
    bool inside_message_ = false;
};

}  // namespace relayauth::session
