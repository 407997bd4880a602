#include "relayauth/client/clock_difference.hpp"

#include "relayauth/base/time_text.hpp"

#include <gtest/gtest.h>

namespace relayauth::client {
namespace {

using namespace std::chrono_literals;

const wall_time noon = *parse_utc("2026-11-22T12:00:00Z");

TEST(ClockDifference, OfEqualClocksIsUnderASecondByDate) {
    for (const auto past : {0ms, 1ms, 499ms, 500ms, 999ms}) {
        const auto ahead = server_ahead_by_date(noon, noon + past, noon + past);
        EXPECT_LE(ahead, ticks(500ms));
        EXPECT_GE(ahead, ticks(-500ms));
    }
}

TEST(ClockDifference, ByDateIsMeasuredFromTheMiddleOfTheExchange) {
    EXPECT_EQ(server_ahead_by_date(noon, noon, noon + 4s), ticks(-1500ms));
    EXPECT_EQ(server_ahead_by_date(noon + 8h, noon, noon), ticks(8h + 500ms));
    EXPECT_EQ(server_ahead_by_date(noon - 8h, noon, noon), ticks(-8h + 500ms));
}

TEST(ClockDifference, ByRpcTakesTheDelaysOut) {
    // 1 s there, 2 s to work, 1 s back; the server is 10 s ahead.
    EXPECT_EQ(server_ahead_by_rpc(noon, noon + 11s, noon + 13s, noon + 4s), ticks(10s));
    EXPECT_EQ(server_ahead_by_rpc(noon, noon - 9s, noon - 7s, noon + 4s), ticks(-10s));
}

TEST(ClockDifference, ByRpcSurvivesAnyServer) {
    const auto most = wall_time::max();
    EXPECT_GT(server_ahead_by_rpc(noon, most, most, noon), ticks(24h));
    EXPECT_LT(server_ahead_by_rpc(most, wall_time(0), wall_time(0), most), ticks(-24h));
}

TEST(ClocksLine, IsSilentUpToFiveSeconds) {
    EXPECT_EQ(clocks_line(0s), std::nullopt);
    EXPECT_EQ(clocks_line(5s), std::nullopt);
    EXPECT_EQ(clocks_line(-5s), std::nullopt);
    EXPECT_TRUE(clocks_line(ticks(5s) + ticks{1}));
    EXPECT_TRUE(clocks_line(ticks(-5s) - ticks{1}));
}

TEST(ClocksLine, SaysWhichClockIsAhead) {
    EXPECT_EQ(clocks_line(10min), "clocks: the server's is 10 min ahead of this machine's");
    EXPECT_EQ(clocks_line(-10min), "clocks: the server's is 10 min behind this machine's");
}

TEST(ClocksLine, NamesATimeZoneErrorByItsRoundValue) {
    EXPECT_EQ(clocks_line(8h),
              "clocks: the server's is 8 h ahead of this machine's (looks like a time zone error "
              "of +8 h)");
    EXPECT_EQ(clocks_line(-8h + 400ms),
              "clocks: the server's is 8 h behind this machine's (looks like a time zone error of "
              "-8 h)");
}

TEST(ClocksLine, RoundsToTheNearestSecond) {
    const std::string line = "clocks: the server's is 10 min 20 s ahead of this machine's";
    EXPECT_EQ(clocks_line(10min + 20s), line);
    EXPECT_EQ(clocks_line(10min + 20s + 499ms), line);
    EXPECT_EQ(clocks_line(10min + 20s - 499ms), line);
    EXPECT_NE(clocks_line(10min + 20s + 501ms), line);
    EXPECT_NE(clocks_line(10min + 20s - 501ms), line);
}

TEST(ClocksLine, TakesASecondFromAMinuteForTheMinute) {
    EXPECT_EQ(clocks_line(10min + 1s), clocks_line(10min));
    EXPECT_EQ(clocks_line(-10min - 1s), clocks_line(-10min));
    EXPECT_EQ(clocks_line(10min - 1400ms), clocks_line(10min));
    EXPECT_NE(clocks_line(10min + 2s), clocks_line(10min));
    EXPECT_NE(clocks_line(10min - 2s), clocks_line(10min));
    EXPECT_EQ(clocks_line(6s), "clocks: the server's is 6 s ahead of this machine's");
}

TEST(ClocksLine, SurvivesTheLargestDifferences) {
    EXPECT_TRUE(clocks_line(ticks::max()));
    EXPECT_TRUE(clocks_line(ticks::min()));
}

}  // namespace
}  // namespace relayauth::client
