#pragma once

#include "relayauth/base/bytes.hpp"
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

// answer_call reads one envelope and appends its reply to `out`: Issue, Validate, CheckMessage,
// Explain, ServerInfo, or an error envelope. `clock` learns the time that the call names; `now` is
// ours when it was read.
void answer_call(context& ctx, const peer& who, standing rights, bytes_view payload,
                 peer_clock& clock, wall_time now, std::string& out);

// refuse_call appends an error envelope for the call `id` (0: unknown).
void refuse_call(context& ctx, std::uint64_t id, credential::refusal reason, std::string_view words,
                 wall_time now, std::string& out);

}  // namespace relayauth::session
