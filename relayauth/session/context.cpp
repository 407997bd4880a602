#include "relayauth/session/context.hpp"

namespace relayauth::session {

std::string_view context::next_tag() {
    // splitmix64: each state is visited once, so no tag comes twice from one worker. Whoever sees
    // one could tell the next; nobody gains by that, since a SERVICE makes no dialog that a tag
    // would guard.
    tag_state_ += 0x9E3779B97F4A7C15u;
    auto mixed = tag_state_;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
    mixed ^= mixed >> 31;
    for (auto& digit : tag_) {
        digit = "0123456789abcdef"[mixed & 15];
        mixed >>= 4;
    }
    return {tag_.data(), tag_.size()};
}

std::string_view context::date(wall_time now) {
    const auto second = now.unix_seconds();
    if (second != date_second_) {
        sip_date(now, date_.data());
        date_second_ = second;
    }
    return {date_.data(), date_.size()};
}

}  // namespace relayauth::session
