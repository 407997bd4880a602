// What the clock guard says of what it found.
#include "relayauth/net/clock_guard.hpp"

#include "guard_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::net {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ClockGuardWords, SaysHowFastAClockDrifts) {
    world here;
    here.rate = -0.01;
    EXPECT_THAT(here.run(999s), IsEmpty());
    here.pass(1s);
    EXPECT_THAT(here.look(), ElementsAre(kind::drifted));
    EXPECT_EQ(here.happened[0].by, ticks(-10s));
    EXPECT_EQ(here.happened[0].within, 1000s);
    EXPECT_EQ(words(here.happened[0], here.settings),
              "this server's clock went 10 s too slow in 16 min 40 s, without a step: something "
              "keeps setting it");
    here.run(999s);
    here.pass(1s);
    EXPECT_THAT(here.look(), ElementsAre(kind::drifted));
    EXPECT_EQ(here.happened[0].within, 1000s) << "since the last line";
    EXPECT_EQ(here.happened[0].off, ticks(-20s));
}

TEST(ClockGuardWords, NamesATimeZoneOnlyForAStepThatLooksLikeOne) {
    const auto said = [](ticks by) {
        return words({kind::stepped, wall_time(), by, by}, guard_settings{});
    };
    EXPECT_NE(said(8h).find("set 8 h ahead; looks like a time zone error of +8 h"),
              std::string::npos);
    EXPECT_NE(said(-(5h + 30min) + 59s).find("looks like a time zone error of -5 h 30 min"),
              std::string::npos);
    EXPECT_NE(said(-8h).find("end early"), std::string::npos);
    EXPECT_NE(said(8h).find("from the future"), std::string::npos);
    EXPECT_EQ(said(6min).find("time zone"), std::string::npos);
    EXPECT_NE(said(-4min).find("within the tolerance"), std::string::npos);
}

TEST(ClockGuardWords, SaysWhyItHoldsWithoutQuotes) {
    world here;
    here.step(-8h);
    here.look();
    const auto why = here.why();
    EXPECT_NE(why.find("-8 h off"), std::string::npos) << why;
    EXPECT_NE(why.find("looks like a time zone error of -8 h"), std::string::npos) << why;
    EXPECT_NE(why.find("relayauth clock accept"), std::string::npos) << why;
    EXPECT_EQ(why.find('"'), std::string::npos);
}

TEST(ClockGuardWords, SaysThatAClockRunsFastOrSlowAndNotThatItWasSet) {
    for (const double rate : {0.01, 0.3, -0.01}) {
        world here;
        here.rate = rate;
        here.settings.tolerance = 1s;
        here.guard = clock_guard(here.settings, here.reading());
        while (!here.guard.holds()) here.run(1s);
        ASSERT_EQ(here.guard.steps(), 0u);
        EXPECT_EQ(here.guard.reason(), hold_reason::drifted);
        const auto why = here.why();
        EXPECT_NE(
            why.find(rate > 0 ? "it runs fast, and is +1 s off" : "it runs slow, and is -1 s"),
            std::string::npos)
            << why;
        EXPECT_EQ(why.find("was set"), std::string::npos) << why;
        ASSERT_EQ(here.happened.back().what, kind::held);
        EXPECT_EQ(here.happened.back().reason, hold_reason::drifted);
        const auto said = words(here.happened.back(), here.settings);
        EXPECT_NE(said.find(rate > 0 ? "runs fast" : "runs slow"), std::string::npos) << said;
    }
}

TEST(ClockGuardWords, TellsForHowLongItHoldsByNoClockThatWasSet) {
    world here;
    here.step(8h);
    here.look();
    EXPECT_EQ(here.why().find("this server's clock is held: it was set, and is +8 h off"), 0u)
        << here.why();
    here.pass(3min);
    here.step(6min);
    here.look();
    here.pass(2min);
    EXPECT_EQ(here.why().find("this server's clock is held, for 5 min now: it was set"), 0u)
        << here.why();
}

TEST(ClockGuardWords, NamesTheReasonWhenItHolds) {
    world here;
    here.step(-8h);
    here.look();
    EXPECT_EQ(words(here.happened.back(), here.settings),
              "this server's clock is held: it was set, and is -8 h off from where it was; looks "
              "like a time zone error of -8 h; nothing is minted or validated, Server Busy, until "
              "it is back, or `relayauth clock accept`");
}

TEST(ClockGuardWords, CallsNoUnsynchronisedClockWrong) {
    world here(guard_mode::hold, ticks(3s));
    here.kernel_says(kernel_sync::unsynchronised);
    here.pass(4s);
    here.kernel_says(kernel_sync::unsynchronised);
    ASSERT_EQ(here.happened.back().reason, hold_reason::unsynchronised);
    EXPECT_EQ(words(here.happened.back(), here.settings),
              "this server's clock is held: it may be right, but for 4 s the kernel has said that "
              "nothing synchronises it; nothing is minted or validated, Server Busy, until a time "
              "service (chrony, systemd-timesyncd) does, or `relayauth clock accept`");
    here.pass(60s);
    const auto why = here.why();
    EXPECT_NE(why.find("held, for 1 min now: it may be right, but for 1 min 4 s"),
              std::string::npos)
        << why;
    EXPECT_NE(why.find("chrony"), std::string::npos) << why;
    here.kernel_says(kernel_sync::synchronised);
    EXPECT_EQ(words(here.happened.back(), here.settings),
              "the kernel no longer says that nothing synchronises this server's clock: serving");
}

TEST(ClockGuardWords, SaysWhatIsLeftWhenItReleases) {
    world here;
    here.step(8h);
    here.look();
    here.step(-8h + 4min);
    here.look();
    ASSERT_EQ(here.happened.back().what, kind::released);
    EXPECT_EQ(words(here.happened.back(), here.settings),
              "this server's clock is within the tolerance again, +4 min off from where it was: "
              "serving");
    here.step(8h);
    here.look();
    here.step(-8h - 4min);
    here.look();
    EXPECT_EQ(words(here.happened.back(), here.settings),
              "this server's clock is back where it was: serving");
}

TEST(ClockGuardWords, SaysHowFarTheClockIsOffWithoutHoldingIt) {
    world here(guard_mode::warn);
    here.step(8h);
    here.look();
    EXPECT_EQ(here.guard.off_words(),
              "it is +8 h off from where it was trusted; looks like a time zone error of +8 h; if "
              "it is right now: `relayauth clock accept`");
    EXPECT_TRUE(here.guard.accept(here.reading(), here.happened));
    EXPECT_EQ(here.guard.off_words(), "");
    here.rate = 0.3;
    here.run(6000s);
    EXPECT_EQ(here.guard.off_words(),
              "it is +30 min off from where it was trusted; if it is right "
              "now: `relayauth clock accept`")
        << "no zone does that";
}

}  // namespace
}  // namespace relayauth::net
