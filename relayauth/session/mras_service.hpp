#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/mras/vocabulary.hpp"
#include "relayauth/session/context.hpp"
#include "relayauth/session/peer.hpp"
#include "relayauth/session/peer_clock.hpp"

#include <span>
#include <string_view>

namespace relayauth::session {

// mras_answer is what the XML that now stands in context.body says, for the SIP headers beside it.
struct mras_answer {
    mras::reason_phrase reason = mras::reason_phrase::ok;
    std::string_view detail;  // why it is not OK, in words without the peer's text
};

// answer_mras reads an MRAS request, mints what it asks for and writes the answer into ctx.body.
// Versions, echoes and reason phrases: protocol notes 1.4, 1.5, 1.7 and 8. It overwrites `body`.
mras_answer answer_mras(context& ctx, const peer& who, std::span<char> body,
                        const peer_clock& clock, wall_time now);

}  // namespace relayauth::session
