#pragma once

#include "relayauth/base/wall_time.hpp"

#include <optional>

namespace relayauth {

// validity is what time says of a credential.
enum class validity {
    valid,
    not_yet_valid,  // it says when it was issued, and that is ahead of us
    minted_ahead,   // it does not say, but expires later than anything minted by now could
    expired,
};

// validity_limits are the settings that bend the edges.
struct validity_limits {
    ticks tolerance = std::chrono::seconds(300);  // how far two honest clocks may be apart
    ticks expiry_grace = ticks{0};  // how long after its expiry a credential still counts
    ticks accept_lifetime =
        std::chrono::hours(8);  // the longest lifetime that anyone may have granted

    bool operator==(const validity_limits&) const = default;
};

// A tolerance above this would switch the check off.
inline constexpr ticks longest_tolerance = std::chrono::minutes(15);

// validity_window is the only place that knows the edges (protocol.md 8). They are half-open:
// valid when issued_at - tolerance <= now and now < expires_at + expiry_grace. Without issued_at
// the first condition reads: expires_at <= now + accept_lifetime + tolerance, that bound included.
// All sums saturate. Pure; safe from any thread.
struct validity_window {
    std::optional<wall_time> issued_at;
    wall_time expires_at;

    validity check(const validity_limits& limits, wall_time now) const;
    // The first tick and the first tick after, of a clock that finds the credential valid.
    wall_time opens_at(const validity_limits& limits) const;
    wall_time closes_at(const validity_limits& limits) const;

    bool operator==(const validity_window&) const = default;
};

}  // namespace relayauth
