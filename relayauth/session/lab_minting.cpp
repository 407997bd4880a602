#include "relayauth/session/lab_minting.hpp"

#include <algorithm>

namespace relayauth::session {
namespace {

// An answer counts whole minutes, a token whole seconds: a shorter life is the rest of a second
// that began in the past.
minting living_for(std::chrono::milliseconds time, minting made, std::chrono::minutes longest) {
    const auto lifetime = std::min<std::chrono::milliseconds>(time, longest);
    const auto whole = std::chrono::ceil<std::chrono::seconds>(lifetime);
    made.duration = std::chrono::ceil<std::chrono::minutes>(lifetime);
    made.lives_for = whole;
    made.now = made.now - (ticks(whole) - ticks(lifetime));
    return made;
}

}  // namespace

minting spoil(const lab_rule& rule, minting made, bool tells_issue_time, const settings& in_force,
              const lab_settings& lab) {
    const auto longest = in_force.issue.max_lifetime;
    const auto granted = std::min(made.duration.value_or(longest), longest);
    const auto& time = in_force.validate.time;
    switch (rule.what) {
        case lie::expired:
            made.now = made.now - (ticks(granted) + time.expiry_grace + ticks(expired_since));
            break;
        case lie::not_yet_valid:
            made.now = made.now + (time.tolerance + ticks(not_yet_valid_by));
            if (!tells_issue_time) made.now = made.now + (ticks(time.accept_lifetime) - granted);
            break;
        case lie::wrong_key:
            made.keys = lab.other_keys.get();
            break;
        case lie::lifetime:
            return living_for(rule.time, made, longest);
        case lie::server_busy:
        case lie::time_out:
        case lie::forbidden:
        case lie::not_supported:
        case lie::delay:
        case lie::truncated:
        case lie::no_answer:
        case lie::reset:
            break;
    }
    return made;
}

}  // namespace relayauth::session
