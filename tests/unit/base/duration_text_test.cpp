#include "relayauth/base/time_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr ticks one{1};

TEST(ParseDuration, ReadsEachUnitAndSign) {
    EXPECT_EQ(parse_duration("90s"), ticks(90s));
    EXPECT_EQ(parse_duration("5m"), ticks(5min));
    EXPECT_EQ(parse_duration("+8h"), ticks(8h));
    EXPECT_EQ(parse_duration("-2d"), ticks(-days{2}));
    EXPECT_EQ(parse_duration("250ms"), ticks(250ms));
    EXPECT_EQ(parse_duration("0s"), ticks{0});
    EXPECT_EQ(parse_duration("-0s"), ticks{0});
}

TEST(ParseDuration, AddsUnitsFromLargestToSmallest) {
    EXPECT_EQ(parse_duration("1h30m"), ticks(90min));
    EXPECT_EQ(parse_duration("1d2h3m4s5ms"), ticks(days{1} + 2h + 3min + 4s + 5ms));
    EXPECT_EQ(parse_duration("-1m5ms"), ticks(-60005ms));
    EXPECT_EQ(parse_duration("90m90s"), ticks(5490s));
}

TEST(ParseDuration, RefusesAWrongOrderAndRepetition) {
    for (const auto* text : {"30m1h", "1s1s", "5ms1s", "1h1h", "1s1m", "1m1h"}) {
        EXPECT_EQ(parse_duration(text), std::nullopt) << text;
    }
}

TEST(ParseDuration, RefusesEverythingElse) {
    for (const auto* text :
         {"",       "+",    "-",    "90",   "s",    "h8",    "8 h", " 8h",  "8h ", "8H",
          "8hours", "++8h", "+-8h", "--8h", "1.5h", "8h-5m", "8h5", "0x5s", "1us", "4294967296s"}) {
        EXPECT_EQ(parse_duration(text), std::nullopt) << text;
    }
}

TEST(ParseDuration, StopsAtAHundredYears) {
    EXPECT_EQ(parse_duration("36525d"), ticks(days{36'525}));
    EXPECT_EQ(parse_duration("-36525d"), ticks(-days{36'525}));
    EXPECT_EQ(parse_duration("36526d"), std::nullopt);
    EXPECT_EQ(parse_duration("36525d1ms"), std::nullopt);
    EXPECT_EQ(parse_duration("36524d24h"), ticks(days{36'525}));
    EXPECT_EQ(parse_duration("876600h"), ticks(days{36'525}));
    EXPECT_EQ(parse_duration("876601h"), std::nullopt);
    EXPECT_EQ(parse_duration("3155760000s"), ticks(days{36'525}));
    EXPECT_EQ(parse_duration("3155760001s"), std::nullopt);
    EXPECT_EQ(parse_duration("4294967295ms"), ticks(4'294'967'295ms));
}

TEST(DurationText, WritesLargestUnitFirst) {
    EXPECT_EQ(duration_text(8h), "8 h");
    EXPECT_EQ(duration_text(7h + 59min + 58s), "7 h 59 min 58 s");
    EXPECT_EQ(duration_text(days{3} + 4min), "3 d 4 min");
    EXPECT_EQ(duration_text(1s), "1 s");
    EXPECT_EQ(duration_text(60s), "1 min");
    EXPECT_EQ(duration_text(59s), "59 s");
    EXPECT_EQ(duration_text(24h), "1 d");
    EXPECT_EQ(duration_text(24h - 1s), "23 h 59 min 59 s");
}

TEST(DurationText, LeavesOutTheSignAndFractionsOfLongSpans) {
    EXPECT_EQ(duration_text(-8h), "8 h");
    EXPECT_EQ(duration_text(1500ms), "2 s");
    EXPECT_EQ(duration_text(ticks(1500ms) - one), "1 s");
    EXPECT_EQ(duration_text(ticks(8h) - one), "8 h");
}

TEST(DurationText, ShowsTwoDigitsBelowASecond) {
    EXPECT_EQ(duration_text(250ms), "0.25 s");
    EXPECT_EQ(duration_text(-250ms), "0.25 s");
    EXPECT_EQ(duration_text(10ms), "0.01 s");
    EXPECT_EQ(duration_text(1ms), "0.001 s");
}

TEST(DurationText, IsReadableDownToOneTick) {
    EXPECT_EQ(duration_text(ticks(1ms) - one), "under 1 ms");
    EXPECT_EQ(duration_text(one), "under 1 ms");
    EXPECT_EQ(duration_text(-one), "under 1 ms");
    EXPECT_EQ(duration_text(ticks{0}), "0 s");
}

TEST(DurationText, HoldsTheLongestSpans) {
    EXPECT_EQ(duration_text(ticks::max()), "10675199 d 2 h 48 min 5 s");
    EXPECT_EQ(duration_text(ticks::min()), "10675199 d 2 h 48 min 5 s");
    EXPECT_EQ(duration_text(-ticks::max()), "10675199 d 2 h 48 min 5 s");
}

TEST(SignedDurationText, LeadsWithTheSign) {
    EXPECT_EQ(signed_duration_text(8h), "+8 h");
    EXPECT_EQ(signed_duration_text(-90s), "-1 min 30 s");
    EXPECT_EQ(signed_duration_text(ticks{0}), "0 s");
    EXPECT_EQ(signed_duration_text(ticks::min()), "-10675199 d 2 h 48 min 5 s");
}

TEST(SignedDurationText, HasNoSignUnderAMillisecond) {
    EXPECT_EQ(signed_duration_text(1ms), "+0.001 s");
    EXPECT_EQ(signed_duration_text(-1ms), "-0.001 s");
    EXPECT_EQ(signed_duration_text(ticks(1ms) - one), "under 1 ms");
    EXPECT_EQ(signed_duration_text(one - ticks(1ms)), "under 1 ms");
}

TEST(TimeZoneWords, NamesTheNearestQuarterOfAnHour) {
    EXPECT_EQ(time_zone_words(8h), "looks like a time zone error of +8 h");
    EXPECT_EQ(time_zone_words(-8h), "looks like a time zone error of -8 h");
    EXPECT_EQ(time_zone_words(5h + 30min), "looks like a time zone error of +5 h 30 min");
    EXPECT_EQ(time_zone_words(-(5h + 45min)), "looks like a time zone error of -5 h 45 min");
}

TEST(TimeZoneWords, AllowsSixtySecondsAndNotATickMore) {
    const auto words = time_zone_words(8h);
    for (const auto miss : {ticks(60s), ticks(-60s)}) {
        EXPECT_EQ(time_zone_words(8h + miss), words);
        EXPECT_EQ(time_zone_words(-8h + miss), time_zone_words(-8h));
    }
    EXPECT_EQ(time_zone_words(8h + ticks(60s) + one), std::nullopt);
    EXPECT_EQ(time_zone_words(8h - ticks(60s) - one), std::nullopt);
    EXPECT_EQ(time_zone_words(-8h - ticks(60s) - one), std::nullopt);
    EXPECT_EQ(time_zone_words(-8h + ticks(60s) + one), std::nullopt);
    EXPECT_EQ(time_zone_words(8h + 7min + 30s), std::nullopt);
}

TEST(TimeZoneWords, BeginsAtHalfAnHour) {
    for (const int sign : {1, -1}) {
        EXPECT_TRUE(time_zone_words(sign * ticks(30min)));
        EXPECT_TRUE(time_zone_words(sign * ticks(29min)));
        EXPECT_FALSE(time_zone_words(sign * (ticks(29min) - one)));
        EXPECT_FALSE(time_zone_words(sign * ticks(15min)));
        EXPECT_FALSE(time_zone_words(sign * ticks(59s)));
    }
    EXPECT_FALSE(time_zone_words(ticks{0}));
}

TEST(TimeZoneWords, EndsAtTwentySixHours) {
    for (const int sign : {1, -1}) {
        EXPECT_TRUE(time_zone_words(sign * ticks(26h)));
        EXPECT_TRUE(time_zone_words(sign * ticks(26h + 60s)));
        EXPECT_FALSE(time_zone_words(sign * (ticks(26h + 60s) + one)));
        EXPECT_FALSE(time_zone_words(sign * ticks(26h + 15min)));
        EXPECT_FALSE(time_zone_words(sign * ticks(27h)));
        EXPECT_FALSE(time_zone_words(sign * ticks(28h)));
    }
}

TEST(TimeZoneWords, SurvivesTheLongestOffsets) {
    for (const auto offset : {ticks::max(), ticks::min(), ticks::max() - one, ticks::min() + one}) {
        EXPECT_EQ(time_zone_words(offset), std::nullopt);
    }
}

}  // namespace
}  // namespace relayauth
