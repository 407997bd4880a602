#include "relayauth/verify/clock.hpp"

#include <ctime>

namespace relayauth::verify {

using std::chrono::duration_cast;
using std::chrono::floor;
using std::chrono::seconds;

time_point to_time_point(wall_time t) {
    // A second less on either side leaves room for the fraction.
    constexpr auto last = floor<seconds>(time_point::max().time_since_epoch()) - seconds(1);
    constexpr auto first = floor<seconds>(time_point::min().time_since_epoch()) + seconds(1);
    const auto whole = t.unix_seconds();
    if (whole > last) return time_point::max();
    if (whole < first) return time_point::min();
    const ticks fraction(static_cast<std::int64_t>(t.filetime() % ticks::period::den));
    return time_point(duration_cast<time_point::duration>(whole) +
                      duration_cast<time_point::duration>(fraction));
}

wall_time to_wall_time(time_point t) {
    constexpr bool fits_ticks = std::ratio_less_v<time_point::period, ticks::period>;
    if constexpr (fits_ticks) {  // then one division does
        return wall_time::from_unix(seconds(0)) + floor<ticks>(t.time_since_epoch());
    }
    const auto whole = floor<seconds>(t.time_since_epoch());
    return wall_time::from_unix(whole, floor<ticks>(t.time_since_epoch() - whole));
}

// The coarse clock is at most a tick of the kernel (1 to 4 ms) late, and takes a fifth of the time
// of the fine one, which would be a tenth of what a check takes.
time_point system_now() {
    timespec now{};
    clock_gettime(CLOCK_REALTIME_COARSE, &now);  // hygiene: allow clock the only one relays get
    return time_point(duration_cast<time_point::duration>(seconds(now.tv_sec) +
                                                          std::chrono::nanoseconds(now.tv_nsec)));
}

}  // namespace relayauth::verify
