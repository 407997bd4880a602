#include "relayauth/base/time_text.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace relayauth {
namespace {

using namespace std::chrono_literals;

// 2026-11-22T09:30:54Z
constexpr wall_time some_sunday = wall_time::from_unix(1'795'339'854s);
constexpr wall_time year_10000 = wall_time::from_unix(253'402'300'800s);
constexpr ticks one{1};

std::string sip_date_of(wall_time t) {
    std::string text(sip_date_size + 1, '#');
    sip_date(t, text.data());
    EXPECT_EQ(text.back(), '#') << "wrote too much";
    text.pop_back();
    return text;
}

TEST(UtcText, WritesRfc3339) {
    EXPECT_EQ(utc_text(some_sunday), "2026-11-22T09:30:54Z");
    EXPECT_EQ(utc_text(wall_time(0)), "1601-01-01T00:00:00Z");
    EXPECT_EQ(utc_text(wall_time::from_unix(0s)), "1970-01-01T00:00:00Z");
    EXPECT_EQ(utc_text(wall_time::from_unix(1'709'208'000s)), "2024-02-29T12:00:00Z");
    EXPECT_EQ(utc_text(wall_time::from_unix(2'147'483'648s)), "2038-01-19T03:14:08Z");
    EXPECT_EQ(utc_text(wall_time::from_unix(4'294'967'296s)), "2106-02-07T06:28:16Z");
    EXPECT_EQ(utc_text(wall_time::from_unix(9'223'372'037s)), "2262-04-11T23:47:17Z");
}

TEST(UtcText, RoundsDown) {
    EXPECT_EQ(utc_text(some_sunday - one), "2026-11-22T09:30:53Z");
    EXPECT_EQ(utc_text(some_sunday + ticks{9'999'999}), "2026-11-22T09:30:54Z");
    EXPECT_EQ(utc_text(wall_time::from_unix(0s) - one), "1969-12-31T23:59:59Z");
}

TEST(UtcText, SaysSoAfter9999) {
    EXPECT_EQ(utc_text(year_10000 - one), "9999-12-31T23:59:59Z");
    EXPECT_EQ(utc_text(year_10000), "after the year 9999");
    EXPECT_EQ(utc_text(wall_time::max()), "after the year 9999");
}

TEST(SipDate, WritesTheFixedFormOfRfc3261) {
    EXPECT_EQ(sip_date_of(some_sunday), "Sun, 22 Nov 2026 09:30:54 GMT");
    EXPECT_EQ(sip_date_of(wall_time(0)), "Mon, 01 Jan 1601 00:00:00 GMT");
    EXPECT_EQ(sip_date_of(wall_time::from_unix(2'147'483'648s)), "Tue, 19 Jan 2038 03:14:08 GMT");
    EXPECT_EQ(sip_date_of(wall_time::from_unix(9'223'372'037s)), "Fri, 11 Apr 2262 23:47:17 GMT");
}

TEST(SipDate, NamesEveryDayAndMonth) {
    const std::array<const char*, 12> first_days = {
        "Thu, 01 Jan 2026", "Sun, 01 Feb 2026", "Sun, 01 Mar 2026", "Wed, 01 Apr 2026",
        "Fri, 01 May 2026", "Mon, 01 Jun 2026", "Wed, 01 Jul 2026", "Sat, 01 Aug 2026",
        "Tue, 01 Sep 2026", "Thu, 01 Oct 2026", "Sun, 01 Nov 2026", "Tue, 01 Dec 2026"};
    for (unsigned month = 1; month <= 12; ++month) {
        const std::chrono::sys_days day{std::chrono::year{2026} / static_cast<int>(month) / 1};
        const auto text = first_days[month - 1] + std::string(" 00:00:00 GMT");
        EXPECT_EQ(sip_date_of(wall_time::from_unix(day.time_since_epoch())), text);
        EXPECT_EQ(parse_sip_date(text), wall_time::from_unix(day.time_since_epoch()));
    }
}

TEST(SipDate, StopsAtTheLastSecondOf9999) {
    EXPECT_EQ(sip_date_of(year_10000 - one), "Fri, 31 Dec 9999 23:59:59 GMT");
    EXPECT_EQ(sip_date_of(year_10000), "Fri, 31 Dec 9999 23:59:59 GMT");
    EXPECT_EQ(sip_date_of(wall_time::max()), "Fri, 31 Dec 9999 23:59:59 GMT");
}

TEST(ParseSipDate, ReadsTheFixedForm) {
    EXPECT_EQ(parse_sip_date("Sun, 22 Nov 2026 09:30:54 GMT"), some_sunday);
    EXPECT_EQ(parse_sip_date("sun, 22 NOV 2026 09:30:54 GMT"), some_sunday);
    EXPECT_EQ(parse_sip_date("Mon, 22 Nov 2026 09:30:54 GMT"), some_sunday);  // wrong day's name
    EXPECT_EQ(parse_sip_date("Sat, 29 Feb 2024 12:00:00 GMT"),
              wall_time::from_unix(1'709'208'000s));
    EXPECT_EQ(parse_sip_date("Fri, 31 Dec 9999 23:59:59 GMT"), year_10000 - ticks(1s));
    EXPECT_EQ(parse_sip_date("Mon, 01 Jan 1601 00:00:00 GMT"), wall_time(0));
    EXPECT_EQ(parse_sip_date("Sat, 31 Dec 2016 23:59:60 GMT"),  // a leap second
              wall_time::from_unix(1'483'228'800s));
}

TEST(ParseSipDate, RefusesOneWrongOctetAnywhere) {
    const std::string good = "Sun, 22 Nov 2026 09:30:54 GMT";
    for (std::size_t i = 3; i < good.size(); ++i) {
        auto text = good;
        text[i] = '~';
        EXPECT_EQ(parse_sip_date(text), std::nullopt) << text;
    }
    for (std::size_t size = 0; size < good.size(); ++size) {
        EXPECT_EQ(parse_sip_date(good.substr(0, size)), std::nullopt) << size;
    }
    EXPECT_EQ(parse_sip_date(good + " "), std::nullopt);
}

TEST(ParseSipDate, RefusesTimesThatDoNotExist) {
    for (const auto* text : {"Sun, 00 Nov 2026 09:30:54 GMT", "Sun, 31 Nov 2026 09:30:54 GMT",
                             "Sun, 29 Feb 2026 09:30:54 GMT", "Mon, 31 Dec 1600 23:59:59 GMT",
                             "Sun, 22 Nov 2026 24:00:00 GMT", "Sun, 22 Nov 2026 09:60:00 GMT",
                             "Sun, 22 Nov 2026 09:30:61 GMT", "Sun, 22 Nov 2026 09:30:54 UTC"}) {
        EXPECT_EQ(parse_sip_date(text), std::nullopt) << text;
    }
}

TEST(ExactDurationText, RoundsNothing) {
    const std::initializer_list<std::pair<std::chrono::milliseconds, const char*>> cases = {
        {0ms, "0 s"},
        {1ms, "0.001 s"},
        {123ms, "0.123 s"},
        {500ms, "0.5 s"},
        {1000ms, "1 s"},
        {1500ms, "1.5 s"},
        {9'999ms, "9.999 s"},
        {59'999ms, "59.999 s"},
        {60'000ms, "1 min"},
        {60'500ms, "1 min 0.5 s"},
        {90'000ms, "1 min 30 s"},
        {8h, "8 h"},
        {24h + 10ms, "1 d 0.01 s"}};
    for (const auto& [span, text] : cases) EXPECT_EQ(exact_duration_text(span), text);
}

TEST(ParseUtc, ReadsRfc3339) {
    EXPECT_EQ(parse_utc("2026-11-22T09:30:54Z"), some_sunday);
    EXPECT_EQ(parse_utc("2026-11-22t09:30:54z"), some_sunday);
    EXPECT_EQ(parse_utc("2026-11-22 09:30:54Z"), some_sunday);
    EXPECT_EQ(parse_utc("2026-11-22T09:30Z"), some_sunday - ticks(54s));
    EXPECT_EQ(parse_utc("1601-01-01T00:00:00Z"), wall_time(0));
    EXPECT_EQ(parse_utc("9999-12-31T23:59:59Z"), year_10000 - ticks(1s));
    EXPECT_EQ(parse_utc("2016-12-31T23:59:60Z"), wall_time::from_unix(1'483'228'800s));
}

TEST(ParseUtc, ReadsFractionsDownToATick) {
    EXPECT_EQ(parse_utc("2026-11-22T09:30:54.5Z"), some_sunday + ticks(500ms));
    EXPECT_EQ(parse_utc("2026-11-22T09:30:54.1234567Z"), some_sunday + ticks{1'234'567});
    EXPECT_EQ(parse_utc("2026-11-22T09:30:54.12345678901234567890Z"),
              some_sunday + ticks{1'234'567});
}

TEST(ParseUtc, ReadsSecondsSince1970) {
    EXPECT_EQ(parse_utc("1795339854"), some_sunday);
    EXPECT_EQ(parse_utc("0"), wall_time::from_unix(0s));
    EXPECT_EQ(parse_utc("-1"), wall_time::from_unix(-1s));
    EXPECT_EQ(parse_utc("9223372036854775807"), wall_time::max());
}

TEST(ParseUtc, RefusesEverythingElse) {
    for (const auto* text : {"",
                             " ",
                             "Z",
                             "now",
                             "+5",
                             "1795339854 ",
                             "9223372036854775808",
                             "1.5",
                             "2026-11-22T09:30:54",
                             "2026-11-22T09:30:54+01:00",
                             "2026-11-22T09:30:54.Z",
                             "2026-11-22T09:30:54.5",
                             "2026-11-22T09:30:54,5Z",
                             "2026-11-22T09:30:Z",
                             "2026-11-22T09:30:5Z",
                             "2026-11-22T9:30:54Z",
                             "2026-11-22T09:3Z",
                             "2026-11-22T09Z",
                             "2026-11-22X09:30:54Z",
                             "2026-11-22",
                             "2026-1-22T09:30:54Z",
                             "2026-11-2T09:30:54Z",
                             "2026/11-22T09:30:54Z",
                             "2026-11/22T09:30:54Z",
                             "2026-11-22T09.30:54Z",
                             "2026-11-22T09:30:54ZZ",
                             "226-11-22T09:30:54Z",
                             "2026-13-22T09:30:54Z",
                             "2026-00-22T09:30:54Z",
                             "2026-02-29T09:30:54Z",
                             "2026-11-22T24:00:00Z",
                             "2026-11-22T09:60:00Z",
                             "2026-11-22T09:30:61Z",
                             "1600-12-31T23:59:59Z",
                             "12026-11-22T09:30:54Z"}) {
        EXPECT_EQ(parse_utc(text), std::nullopt) << text;
    }
}

TEST(NearMinute, TakesTheLastSecondBesideAMinuteForNoise) {
    using std::chrono::hours;
    using std::chrono::milliseconds;
    using std::chrono::seconds;
    for (const auto sign : {1, -1}) {
        EXPECT_EQ(near_minute(sign * ticks(hours(8) + seconds(1))), sign * ticks(hours(8)));
        EXPECT_EQ(near_minute(sign * ticks(hours(8) - seconds(1))), sign * ticks(hours(8)));
        const auto more = sign * (ticks(hours(8) + seconds(1)) + ticks{1});
        EXPECT_EQ(near_minute(more), more);
    }
    EXPECT_EQ(near_minute(milliseconds(400)), ticks(milliseconds(400))) << "zero is no minute";
    EXPECT_EQ(near_minute(ticks::max()), ticks::max());
    EXPECT_EQ(near_minute(ticks::min()), ticks::min());
}

}  // namespace
}  // namespace relayauth
