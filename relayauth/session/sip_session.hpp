#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/session/access.hpp"
#include "relayauth/session/context.hpp"
#include "relayauth/session/lab_delivery.hpp"
#include "relayauth/session/peer.hpp"
#include "relayauth/session/peer_clock.hpp"
#include "relayauth/sip/framer.hpp"
#include "relayauth/sip/request.hpp"
#include "relayauth/sip/response.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace relayauth::session {

// progress is how far a session came with what it was given.
struct progress {
    std::size_t consumed = 0;  // octets done with; the rest has to come back, with more behind it
    bool close = false;        // send what was written, then close
    lab_delivery delivery = {};

    // obey_lab has the answer that begins at `began` delivered as ctx.delivery_rule() wants it.
    void obey_lab(context& ctx, std::size_t began, std::string& out);
    bool ends_read() const { return close || delivery.ends_read(); }
};

// sip_session answers the SIP messages of one connection (RFC 3261, SIP manners of protocol notes
// 8). Sans-io: octets in, answers appended to `out`. One thread at a time.
class sip_session {
public:
    // `bounds` must outlive it.
    sip_session(const sip::limits& bounds, standing rights) : framer_(bounds), rights_(rights) {}

    // on_bytes answers every whole message in `input`, in order, until `out` has grown past
    // settings::max_pending_output. It may overwrite `input`.
    progress on_bytes(context& ctx, const peer& who, std::span<char> input, wall_time now,
                      std::string& out);

    // Whether a message has begun and not ended.
    bool inside_message() const { return framer_.inside_message(); }

private:
    bool on_message(context& ctx, const peer& who, std::span<char> body, wall_time now,
                    std::string& out);
    progress on_broken(context& ctx, const peer& who, sip::errc why, wall_time now,
                       std::string& out);

    sip::framer framer_;
    standing rights_;
    peer_clock clock_;
};

}  // namespace relayauth::session
