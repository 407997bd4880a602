#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <limits>

namespace relayauth {

// ticks is a signed span of wall time in units of 100 ns.
using ticks = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;

// rounded gives the whole number of `Unit`, coarser than ticks, that is nearest to `d`; where that
// would leave what ticks can hold, the whole number before it. A hostile clock may be ages away.
template <class Unit>
constexpr Unit rounded(ticks d) {
    constexpr ticks most = ticks::max() - ticks(Unit(1));
    return std::chrono::round<Unit>(d > most ? most : d < -most ? -most : d);
}

// wall_time is a point of UTC: the number of 100 ns ticks since 1601-01-01T00:00:00Z, as in a
// Windows FILETIME (MS-DTYP 2.3.3). Arithmetic saturates at both ends and never wraps: a hostile
// token may carry any 64 bits. It does not convert to or from mono_time.
class wall_time {
public:
    constexpr wall_time() = default;
    constexpr explicit wall_time(std::uint64_t filetime) : filetime_(filetime) {}

    // `since_1970` before 1601 saturates to 1601, past what 64 bits of ticks hold to max().
    static constexpr wall_time from_unix(std::chrono::seconds since_1970,
                                         ticks fraction = ticks{0});
    static constexpr wall_time max() {
        return wall_time(std::numeric_limits<std::uint64_t>::max());
    }

    constexpr std::uint64_t filetime() const { return filetime_; }
    // Whole seconds since 1970, rounded down.
    constexpr std::chrono::seconds unix_seconds() const;

    constexpr auto operator<=>(const wall_time&) const = default;

private:
    std::uint64_t filetime_ = 0;
};

inline constexpr std::chrono::seconds seconds_from_1601_to_1970{11'644'473'600};

constexpr wall_time operator+(wall_time t, ticks d) {
    const auto count =
        static_cast<std::uint64_t>(d.count());  // two's complement: wraps to the right sum
    const auto sum = t.filetime() + count;
    if (d.count() >= 0) return sum < t.filetime() ? wall_time::max() : wall_time(sum);
    return sum > t.filetime() ? wall_time(0) : wall_time(sum);
}

constexpr wall_time operator-(wall_time t, ticks d) {
    if (d == ticks::min()) return (t + ticks::max()) + ticks{1};
    return t + -d;
}

// The signed span from `b` to `a`, saturated to what ticks can hold.
constexpr ticks operator-(wall_time a, wall_time b) {
    constexpr auto most = static_cast<std::uint64_t>(ticks::max().count());
    if (a >= b) {
        const auto ahead = a.filetime() - b.filetime();
        return ahead > most ? ticks::max() : ticks(static_cast<std::int64_t>(ahead));
    }
    const auto behind = b.filetime() - a.filetime();
    return behind > most ? ticks::min() : ticks(-static_cast<std::int64_t>(behind));
}

constexpr std::chrono::seconds wall_time::unix_seconds() const {
    return std::chrono::seconds(static_cast<std::int64_t>(filetime_ / 10'000'000)) -
           seconds_from_1601_to_1970;
}

constexpr wall_time wall_time::from_unix(std::chrono::seconds since_1970, ticks fraction) {
    constexpr auto last = max().unix_seconds();
    if (since_1970 > last) return max();
    if (since_1970 < -seconds_from_1601_to_1970) return wall_time(0) + fraction;
    // Unsigned: past the year 30828 the count does not fit into ticks.
    const auto since_1601 =
        static_cast<std::uint64_t>((since_1970 + seconds_from_1601_to_1970).count());
    return wall_time(since_1601 * 10'000'000) + fraction;
}

}  // namespace relayauth
