#include "relayauth/base/wall_time.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace relayauth {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t all_ones = 0xFFFF'FFFF'FFFF'FFFF;
constexpr std::uint64_t half = 0x7FFF'FFFF'FFFF'FFFF;  // the most that ticks holds
constexpr wall_time last(all_ones);
constexpr ticks one{1};

TEST(WallTime, CountsTicksSince1601) {
    EXPECT_EQ(wall_time().filetime(), 0u);
    EXPECT_EQ(wall_time().unix_seconds(), -11'644'473'600s);
    EXPECT_EQ(wall_time::from_unix(0s).filetime(), 116'444'736'000'000'000u);
    // protocol notes 3.4: 2030-01-02T03:04:05Z
    EXPECT_EQ(wall_time::from_unix(1'893'553'445s).filetime(), 135'380'270'450'000'000u);
    EXPECT_EQ(wall_time::max().filetime(), all_ones);
}

TEST(WallTime, PassesTheYearsWhereOtherClocksEnd) {
    // One second before and at: 2^31 s (2038), 2^32 s (2106), 2^63 ns (2262) after 1970.
    for (const auto edge : {2'147'483'648s, 4'294'967'296s, 9'223'372'037s}) {
        const auto at = wall_time::from_unix(edge);
        const auto before = wall_time::from_unix(edge - 1s);
        EXPECT_EQ(at - before, ticks(1s));
        EXPECT_EQ(at.unix_seconds(), edge);
        EXPECT_EQ(before.unix_seconds(), edge - 1s);
        EXPECT_LT(before, at);
    }
}

TEST(WallTime, AddsAFraction) {
    EXPECT_EQ(wall_time::from_unix(0s, ticks{5}).filetime(), 116'444'736'000'000'005u);
    EXPECT_EQ(wall_time::from_unix(0s, ticks{-5}).filetime(), 116'444'735'999'999'995u);
}

TEST(WallTime, SecondsRoundDownAlsoBefore1970) {
    EXPECT_EQ(wall_time::from_unix(7s, ticks{9'999'999}).unix_seconds(), 7s);
    EXPECT_EQ(wall_time::from_unix(-7s, ticks{9'999'999}).unix_seconds(), -7s);
    EXPECT_EQ(wall_time::from_unix(-7s, ticks{-1}).unix_seconds(), -8s);
}

TEST(WallTime, FromUnixSaturatesBefore1601) {
    EXPECT_EQ(wall_time::from_unix(-11'644'473'600s), wall_time(0));
    EXPECT_EQ(wall_time::from_unix(-11'644'473'599s), wall_time(10'000'000));
    EXPECT_EQ(wall_time::from_unix(-11'644'473'601s), wall_time(0));
    EXPECT_EQ(wall_time::from_unix(std::chrono::seconds::min()), wall_time(0));
    EXPECT_EQ(wall_time::from_unix(std::chrono::seconds::min(), ticks{3}), wall_time(3));
}

TEST(WallTime, FromUnixSaturatesPastTheLastTick) {
    constexpr auto last_second = last.unix_seconds();
    EXPECT_EQ(last_second, 1'833'029'933'770s);
    EXPECT_EQ(wall_time::from_unix(last_second).filetime(), 18'446'744'073'700'000'000u);
    EXPECT_EQ(wall_time::from_unix(last_second, ticks{9'551'615}), last);
    EXPECT_EQ(wall_time::from_unix(last_second, ticks{9'551'616}), last);
    EXPECT_EQ(wall_time::from_unix(last_second + 1s), last);
    EXPECT_EQ(wall_time::from_unix(last_second + 1s, -one), last);
    EXPECT_EQ(wall_time::from_unix(std::chrono::seconds::max()), last);
}

TEST(WallTime, AdditionSaturatesAtBothEnds) {
    EXPECT_EQ(wall_time(all_ones - 1) + one, last);
    EXPECT_EQ(last + one, last);
    EXPECT_EQ(last + ticks{0}, last);
    EXPECT_EQ(last + ticks::max(), last);
    EXPECT_EQ(wall_time(all_ones - half) + ticks::max(), last);
    EXPECT_EQ(wall_time(all_ones - half - 1) + ticks::max(), wall_time(all_ones - 1));
    EXPECT_EQ(wall_time(1) + -one, wall_time(0));
    EXPECT_EQ(wall_time(0) + -one, wall_time(0));
    EXPECT_EQ(wall_time(half + 1) + ticks::min(), wall_time(0));
    EXPECT_EQ(wall_time(half + 2) + ticks::min(), wall_time(1));
    EXPECT_EQ(wall_time(half) + ticks::min(), wall_time(0));
}

TEST(WallTime, SubtractionSaturatesAtBothEnds) {
    EXPECT_EQ(wall_time(5) - ticks{5}, wall_time(0));
    EXPECT_EQ(wall_time(5) - ticks{6}, wall_time(0));
    EXPECT_EQ(wall_time(5) - ticks{4}, wall_time(1));
    EXPECT_EQ(last - -one, last);
    EXPECT_EQ(wall_time(all_ones - 1) - -one, last);
    EXPECT_EQ(wall_time(0) - ticks::max(), wall_time(0));
    EXPECT_EQ(wall_time(0) - ticks::min(), wall_time(half + 1));
    EXPECT_EQ(last - ticks::min(), last);
    EXPECT_EQ(wall_time(all_ones - half - 1) - ticks::min(), last);
    EXPECT_EQ(wall_time(all_ones - half - 2) - ticks::min(), wall_time(all_ones - 1));
}

TEST(WallTime, DifferenceIsSignedAndSaturates) {
    EXPECT_EQ(wall_time(7) - wall_time(5), ticks{2});
    EXPECT_EQ(wall_time(5) - wall_time(7), ticks{-2});
    EXPECT_EQ(wall_time(7) - wall_time(7), ticks{0});
    EXPECT_EQ(wall_time(half) - wall_time(0), ticks::max());
    EXPECT_EQ(wall_time(half + 1) - wall_time(0), ticks::max());
    EXPECT_EQ(last - wall_time(0), ticks::max());
    EXPECT_EQ(wall_time(0) - wall_time(half), -ticks::max());
    EXPECT_EQ(wall_time(0) - wall_time(half + 1), ticks::min());
    EXPECT_EQ(wall_time(0) - last, ticks::min());
}

TEST(WallTime, Orders) {
    EXPECT_LT(wall_time(0), wall_time(1));
    EXPECT_LT(wall_time(half), wall_time(half + 1));  // unsigned
    EXPECT_EQ(wall_time(3), wall_time(3));
}

TEST(Rounded, GivesTheNearestWholeUnit) {
    using std::chrono::milliseconds;
    EXPECT_EQ(rounded<std::chrono::seconds>(ticks(1499ms)), 1s);
    EXPECT_EQ(rounded<std::chrono::seconds>(ticks(-1501ms)), -2s);
    EXPECT_EQ(rounded<milliseconds>(ticks(2ms) + one), 2ms);
    EXPECT_EQ(rounded<std::chrono::minutes>(ticks(90s) - one), 1min);
}

TEST(Rounded, NeverLeavesWhatTicksCanHold) {
    for (const auto back : {ticks(0), one, ticks(1s), ticks(1min), ticks(2min)}) {
        const ticks late = rounded<std::chrono::minutes>(ticks::max() - back);
        EXPECT_GT(late, ticks::max() - 5min) << back.count();
        const ticks early = rounded<std::chrono::minutes>(ticks::min() + back);
        EXPECT_LT(early, ticks::min() + 5min) << back.count();
    }
}

}  // namespace
}  // namespace relayauth
