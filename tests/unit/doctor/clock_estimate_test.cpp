#include "relayauth/doctor/clock_estimate.hpp"

#include "relayauth/base/time_text.hpp"

#include <gtest/gtest.h>

namespace relayauth::doctor {
namespace {

using namespace std::chrono_literals;

const wall_time noon = *parse_utc("2026-11-22T12:00:00Z");

TEST(RpcEstimate, IsNothingBeforeTheFirstExchange) {
    EXPECT_FALSE(rpc_estimate().best());
}

TEST(RpcEstimate, BelievesTheExchangeWithTheLeastDelay) {
    rpc_estimate clock;
    clock.add(noon, noon + 8h + 400ms, noon + 8h + 410ms, noon + 460ms);  // 450 ms on the way
    clock.add(noon, noon + 8h + 5ms, noon + 8h + 15ms, noon + 20ms);      // 10 ms
    clock.add(noon, noon + 8h + 90ms, noon + 8h + 90ms, noon + 100ms);    // 100 ms
    const auto read = clock.best();
    ASSERT_TRUE(read);
    EXPECT_EQ(read->ahead, ticks(8h));
    EXPECT_EQ(read->error, ticks(5ms));
    EXPECT_EQ(read->exchanges, 3u);
    EXPECT_EQ(read->by, clock_reading::source::rpc);
}

TEST(RpcEstimate, NamesAServerThatIsBehindNegative) {
    rpc_estimate clock;
    clock.add(noon, noon - 6min, noon - 6min, noon);
    EXPECT_EQ(clock.best()->ahead, ticks(-6min));
    EXPECT_EQ(clock.best()->error, ticks(0));
}

// A server may say that it took longer than the whole exchange did, or less than no time.
TEST(RpcEstimate, HasNeverAnErrorBelowZeroOrAboveHalfTheExchange) {
    for (const auto there : {ticks(24h), ticks(-24h), ticks::min(), ticks::max()}) {
        rpc_estimate clock;
        clock.add(noon, noon, noon + there, noon + 100ms);
        EXPECT_GE(clock.best()->error, ticks(0));
        EXPECT_LE(clock.best()->error, ticks(50ms));
    }
}

TEST(RpcEstimate, TakesAnyTimesWithoutOverflow) {
    rpc_estimate clock;
    clock.add(wall_time(), wall_time::max(), wall_time::max(), wall_time());
    clock.add(wall_time::max(), wall_time(), wall_time(), wall_time::max());
    EXPECT_EQ(clock.best()->exchanges, 2u);
}

TEST(DateEstimate, IsRightToHalfASecondAndHalfTheExchange) {
    date_estimate clock;
    clock.add(noon, noon + 200ms, noon + 300ms);
    const auto read = clock.best();
    ASSERT_TRUE(read);
    EXPECT_EQ(read->error, ticks(550ms));
    EXPECT_EQ(read->ahead, ticks(250ms));  // between -300 ms and +800 ms
    EXPECT_EQ(read->by, clock_reading::source::date);
}

TEST(DateEstimate, GetsCloserWithDatesAtOtherPartsOfASecond) {
    date_estimate clock;
    clock.add(noon, noon + 100ms, noon + 100ms);  // -100 ms to +900 ms
    clock.add(noon, noon + 900ms, noon + 900ms);  // -900 ms to +100 ms
    EXPECT_EQ(clock.best()->ahead, ticks(0));
    EXPECT_EQ(clock.best()->error, ticks(100ms));
    EXPECT_EQ(clock.best()->exchanges, 2u);
}

TEST(DateEstimate, TakesTheNewerDateOfAClockThatStepped) {
    date_estimate clock;
    clock.add(noon, noon, noon);
    clock.add(noon + 8h, noon, noon);
    EXPECT_EQ(clock.best()->ahead, ticks(8h + 500ms));
    EXPECT_EQ(clock.best()->error, ticks(500ms));
}

TEST(ClockReadings, DisagreeOnlyBeyondTheirErrorsAndTwoSeconds) {
    const clock_reading rpc{ticks(0), ticks(10ms), 8, clock_reading::source::rpc};
    const auto date = [](ticks ahead) {
        return clock_reading{ahead, 500ms, 1, clock_reading::source::date};
    };
    EXPECT_FALSE(disagree(rpc, date(2510ms)));
    EXPECT_TRUE(disagree(rpc, date(2511ms)));
    EXPECT_FALSE(disagree(rpc, date(-2510ms)));
    EXPECT_TRUE(disagree(rpc, date(-2511ms)));
    EXPECT_TRUE(disagree(date(ticks::max()), date(ticks::min())));
}

// A server that answers after 4 s: half of that is the error, and all of it may be on one way.
TEST(RoughReading, IsTheWholeMinuteWithinItsError) {
    const auto told = [](ticks ahead, ticks back) {
        rpc_estimate clock;
        clock.add(noon, noon + ahead, noon + ahead, noon + back);
        return *clock.best();
    };
    EXPECT_EQ(told(8h, 4s).ahead, ticks(8h));
    EXPECT_EQ(told(8h, 4s).error, ticks(4s));
    EXPECT_EQ(told(-8h + 4s, 4s).ahead, ticks(-8h));
    EXPECT_EQ(told(0s, 4s).ahead, ticks(0));
    EXPECT_EQ(told(8h - 1s, 4s).ahead, ticks(8h - 3s));
    EXPECT_EQ(told(8h, 2s).ahead, ticks(8h - 1s));
    date_estimate dates;
    dates.add(noon + 8h, noon, noon + 4s);
    EXPECT_EQ(dates.best()->ahead, ticks(8h));
    EXPECT_EQ(dates.best()->error, ticks(4s));
}

}  // namespace
}  // namespace relayauth::doctor
