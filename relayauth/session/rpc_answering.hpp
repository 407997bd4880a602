#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/refusal.hpp"
#include "relayauth/session/access.hpp"
#include "relayauth/session/context.hpp"
#include "relayauth/session/peer.hpp"
#include "relayauth/session/peer_clock.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace relayauth::session {

// answering is the one rpc call at hand and where its reply goes.
struct answering {
    context& ctx;
    const peer& who;
    standing rights;
    std::uint64_t id;
    wall_time now;  // when the call was read
    std::string& out;

    const settings& in_force() const { return ctx.now_in_force(); }
    // refuse reports and answers a refusal of the call as a whole; `clock`: the reason was this.
    void refuse(event::kind what, credential::refusal reason, std::string_view words,
                const peer_clock* clock = nullptr) const;
};

}  // namespace relayauth::session
