#include "relayauth/session/peer_clock.hpp"

#include "relayauth/base/time_text.hpp"

#include <algorithm>

namespace relayauth::session {
namespace {

// A peer may say anything: further off than this is all the same, and sums stay in range.
constexpr ticks most_told = std::chrono::hours(24 * 365 * 100);

bool is_at_least(ticks offset) {
    return offset >= most_told || offset <= -most_told;
}

}  // namespace

bool is_beyond(ticks offset, ticks tolerance) {
    return offset > tolerance || offset < -tolerance;
}

std::string peer_offset_words(ticks offset) {
    auto text = std::string("this server's clock is ") + (is_at_least(offset) ? "at least " : "") +
                duration_text(near_minute(offset)) + (offset < ticks{0} ? " behind" : " ahead of") +
                " this peer's";
    if (const auto zone = time_zone_words(offset)) text += "; " + *zone;
    return text;
}

std::string peer_offset_text(ticks offset) {
    return signed_duration_text(offset) + (is_at_least(offset) ? " or more" : "");
}

void peer_clock::note(context& ctx, const peer& who, door through, wall_time said, wall_time now) {
    if (ctx.clock_held) return;
    said_ = said;
    now_ = now;
    offset_ = std::clamp(now - said, -most_told, most_told);
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
    return peer_offset_words(*offset_) + " (offset " + peer_offset_text(near_minute(*offset_)) +
           "); peer clock " + utc_text(said_);
}

void peer_clock::add_to(event& refused) const {
    refused.offset = offset_;
    refused.peer_time = said_;
    refused.server_time = now_;
}

}  // namespace relayauth::session
