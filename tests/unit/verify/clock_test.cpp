#include "relayauth/verify/clock.hpp"

#include <gtest/gtest.h>

namespace relayauth::verify {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr wall_time expiry_2030{135'380'270'450'000'000};
const time_point point_2030{seconds(1'893'553'445)};

TEST(Clock, TurnsAWallTimeIntoATimePointToTheTick) {
    EXPECT_EQ(to_time_point(expiry_2030), point_2030);
    EXPECT_EQ(to_time_point(expiry_2030 + ticks{1}), point_2030 + nanoseconds(100));
    EXPECT_EQ(to_time_point(expiry_2030 - ticks{1}), point_2030 - nanoseconds(100));
}

TEST(Clock, TurnsATimePointIntoAWallTimeRoundedDown) {
    EXPECT_EQ(to_wall_time(point_2030), expiry_2030);
    EXPECT_EQ(to_wall_time(point_2030 + nanoseconds(99)), expiry_2030);
    EXPECT_EQ(to_wall_time(point_2030 + nanoseconds(100)), expiry_2030 + ticks{1});
    EXPECT_EQ(to_wall_time(point_2030 - nanoseconds(1)), expiry_2030 - ticks{1});
}

TEST(Clock, RoundsDownBefore1970Too) {
    const time_point epoch;
    const auto wall_epoch = wall_time::from_unix(seconds(0));
    EXPECT_EQ(to_wall_time(epoch), wall_epoch);
    EXPECT_EQ(to_wall_time(epoch - nanoseconds(1)), wall_epoch - ticks{1});
    EXPECT_EQ(to_time_point(wall_epoch - ticks{1}), epoch - nanoseconds(100));
    EXPECT_EQ(to_time_point(wall_epoch - seconds(10)), epoch - seconds(10));
}

TEST(Clock, SaturatesWhereATimePointEnds) {
    EXPECT_EQ(to_time_point(wall_time::max()), time_point::max());
    EXPECT_EQ(to_time_point(wall_time(0)), time_point::min());
    // 2262-04-11T23:47:16 is the last second that nanoseconds since 1970 hold, 1677 the first year.
    const auto last = wall_time::from_unix(seconds(9'223'372'036));
    EXPECT_EQ(to_time_point(last), time_point::max());
    EXPECT_EQ(to_time_point(last - seconds(1)), time_point(seconds(9'223'372'035)));
    const auto first = wall_time::from_unix(seconds(-9'223'372'036));
    EXPECT_EQ(to_time_point(first), time_point(seconds(-9'223'372'036)));
    EXPECT_EQ(to_time_point(first - ticks{1}), time_point::min());
}

}  // namespace
}  // namespace relayauth::verify
