#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/session/context.hpp"
#include "relayauth/session/event.hpp"
#include "relayauth/session/peer.hpp"

#include <optional>
#include <string>

namespace relayauth::session {

// peer_clock is what the peer of one connection says its own clock shows: the Date of its SIP
// requests (RFC 3261 20.17) or the client_time of its rpc calls. Unverified, and believed only
// against the peer itself. One thread at a time.
class peer_clock {
public:
    // note takes the time in a message that was read at `now`. The first one, and each that moves
    // the offset by more than `worth_telling`, is reported as event::kind::peer_clock. Offsets of
    // more than 100 years count as that. Nothing is learnt while context::clock_held.
    void note(context& ctx, const peer& who, door through, wall_time said, wall_time now);

    // offset is this server's clock minus the peer's (negative: the peer is ahead), as of the last
    // message that named a time.
    std::optional<ticks> offset() const { return offset_; }

    // is_refused: whether nothing may be minted for this peer (--refuse-skewed-peers).
    bool is_refused(const settings& in_force) const;

    // refusal_words names both clocks and what may be wrong, without quotes. Only if there is an
    // offset.
    std::string refusal_words() const;

    // add_to names both clocks and the offset in the event of that refusal. As refusal_words.
    void add_to(event& refused) const;

    // Two messages may wait differently long before they are read, and a Date has whole seconds.
    static constexpr ticks worth_telling = std::chrono::seconds(5);

private:
    std::optional<ticks> offset_;
    std::optional<ticks> told_;
    wall_time said_;
    wall_time now_;  // when it said so
};

// is_beyond: whether an offset is larger than `tolerance`, whichever clock is ahead. Pure.
bool is_beyond(ticks offset, ticks tolerance);

// peer_offset_words says which of the two is ahead by how much, with the time zone words (design
// notes, section 2): of this server against the peer, so that the sign of both is the offset's.
// One that note() has cut is `at least` that.
std::string peer_offset_words(ticks offset);
// peer_offset_text is `-8 h`, and for one that note() has cut `-36500 d or more`.
std::string peer_offset_text(ticks offset);

}  // namespace relayauth::session
