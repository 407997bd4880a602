#include "relayauth/doctor/checks.hpp"

#include "healthy.hpp"

#include <gmock/gmock.h>

namespace relayauth::doctor {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string headline_of(const check& one) {
    return one.troubles.empty() ? "" : one.troubles.front().headline;
}

class ClockCheck : public testing::Test {
protected:
    check at(ticks ahead) {
        seen.clock = clock_reading{ahead, ticks(0), 8, clock_reading::source::rpc};
        return judge_clock(seen);
    }
    findings seen = healthy();
};

TEST_F(ClockCheck, IsOkToFiveSecondsWarnsToTheToleranceAndFailsBeyond) {
    for (const int sign : {1, -1}) {
        EXPECT_EQ(at(sign * ticks(5s)).verdict, verdict::ok);
        EXPECT_EQ(at(sign * (ticks(5s) + ticks(1))).verdict, verdict::warn);
        EXPECT_EQ(at(sign * ticks(300s)).verdict, verdict::warn);
        EXPECT_EQ(at(sign * (ticks(300s) + ticks(1))).verdict, verdict::fail);
    }
    seen.tolerance = 60s;
    EXPECT_EQ(at(61s).verdict, verdict::fail);
}

TEST_F(ClockCheck, SaysTimeZoneWhereItLooksLikeOne) {
    EXPECT_THAT(at(8h).words, AllOf(HasSubstr("8 h AHEAD of this machine's"),
                                    HasSubstr("looks like a time zone error of +8 h")));
    EXPECT_THAT(at(-8h).words, HasSubstr("8 h BEHIND this machine's"));
    EXPECT_THAT(at(6min).words, Not(HasSubstr("time zone")));
    EXPECT_THAT(at(6min).words, HasSubstr("6 min AHEAD"));
}

TEST_F(ClockCheck, TellsTheSymptomByTheDirection) {
    const auto symptom = [&](ticks ahead) { return at(ahead).troubles.front().symptom; };
    EXPECT_THAT(symptom(8h), AllOf(HasSubstr("`not_yet_valid` (v1 and TURN REST: `minted_ahead`)"),
                                   HasSubstr("knows only a shared secret keeps them 8 h too long"),
                                   HasSubstr("refuses those of other servers as `expired`;")));
    EXPECT_THAT(symptom(8h - 1ms), HasSubstr("refuses those of other servers as `expired`;"));
    EXPECT_THAT(symptom(6min), HasSubstr("of other servers as `expired`, 6 min too early"));
    EXPECT_THAT(symptom(-8h), HasSubstr("refuse fresh credentials as `expired`"));
    EXPECT_THAT(symptom(-ticks(8h) + ticks(300s)), HasSubstr("`expired`"));
    EXPECT_THAT(symptom(-ticks(8h) + ticks(300s) + ticks(1)), HasSubstr("too early"));
    EXPECT_THAT(symptom(-1h), HasSubstr("1 h too early"));
    EXPECT_THAT(symptom(8h), HasSubstr("Message expired in the outbound queue"));
    EXPECT_THAT(symptom(1min), HasSubstr("none yet"));
}

TEST_F(ClockCheck, SpeaksOfNoCredentialsWhereNoneAreGivenOut) {
    seen.service->reason_phrase = "Server Busy";
    for (const auto ahead : {8h, -8h}) {
        EXPECT_THAT(at(ahead).troubles.front().symptom, Not(HasSubstr("fresh")));
        seen.service->warning = "Server Busy: this server's clock is held since noon";
        EXPECT_THAT(at(ahead).troubles.front().symptom,
                    HasSubstr("no credentials are given out while it holds"));
    }
}

TEST_F(ClockCheck, SaysWhichClockIsKnownToBeRight) {
    EXPECT_THAT(at(8h).troubles.front().remedy,
                HasSubstr("mend the clock and time zone of the server"));
    seen.kernel.synchronised = false;
    EXPECT_THAT(at(8h).troubles.front().remedy, HasSubstr("which of the two clocks is wrong"));
    EXPECT_EQ(judge_own_clock(seen).verdict, verdict::warn);
    at(0s);
    EXPECT_EQ(judge_own_clock(seen).verdict, verdict::ok);
    seen.clock.reset();
    EXPECT_EQ(judge_own_clock(seen).verdict, verdict::skipped);
    seen.kernel.synchronised.reset();
    EXPECT_EQ(judge_own_clock(seen).verdict, verdict::skipped);
}

TEST_F(ClockCheck, FindsTwoServersBehindOneAddress) {
    seen.date_clock = clock_reading{8h, 500ms, 1, clock_reading::source::date};
    const auto found = at(0s);
    EXPECT_EQ(found.verdict, verdict::fail);
    EXPECT_THAT(headline_of(found), HasSubstr("two clocks answer"));
    // Whichever of the two was measured.
    seen.date_clock = clock_reading{0s, 500ms, 1, clock_reading::source::date};
    EXPECT_THAT(headline_of(at(-8h)), HasSubstr("two clocks answer"));
}

TEST_F(ClockCheck, IsSkippedWhereNobodyTellsTheTime) {
    seen.clock.reset();
    EXPECT_THAT(judge_clock(seen).words, HasSubstr("tells no time"));
}

}  // namespace
}  // namespace relayauth::doctor
