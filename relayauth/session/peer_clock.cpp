#include "relayauth/session/peer_clock.hpp"

#include "relayauth/base/time_text.hpp"

namespace relayauth::session {

bool is_beyond(ticks offset, ticks tolerance) {
    return offset > tolerance || offset < -tolerance;
}

std::string peer_offset_words(ticks offset) {
    auto text = "this peer's clock is " + duration_text(offset) +
                (offset < ticks{0} ? " ahead of" : " behind") + " this server's";
    if (const auto zone = time_zone_words(offset)) text += "; " + *zone;
    return text;
}

void peer_clock::note(context& ctx, const peer& who, door through, wall_time said, wall_time now) {
    said_ = said;
    offset_ = now - said;
    if (told_ && !is_beyond(*offset_ - *told_, worth_telling)) return;
    told_ = offset_;
    event happened(event::kind::peer_clock, through);
    happened.offset = offset_;
    happened.peer_time = said;
    happened.server_time = now;
    ctx.report(who, happened);
}

bool peer_clock::is_refused(const settings& in_force) const {
    return in_force.refuse_skewed_peers && offset_ &&
           is_beyond(*offset_, in_force.validate.time.tolerance);
}

std::string peer_clock::refusal_words() const {
    return peer_offset_words(*offset_) + " (offset " + signed_duration_text(*offset_) +
           "); peer clock " + utc_text(said_);
}

}  // namespace relayauth::session
