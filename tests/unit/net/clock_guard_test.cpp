#include "relayauth/net/clock_guard.hpp"

#include "guard_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace relayauth::net {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr ticks tick{1};

TEST(ClockGuard, SaysNothingInTwoDaysOfAnHonestClock) {
    world here;
    EXPECT_THAT(here.run(48h), IsEmpty());
    EXPECT_EQ(here.guard.steps(), 0u);
    EXPECT_FALSE(here.guard.holds());
    EXPECT_EQ(here.why(), "");
    EXPECT_EQ(here.guard.off_words(), "");
}

TEST(ClockGuard, HoldsAtTheFirstLookAfterAStepAndReleasesWhenItIsBack) {
    for (const ticks by : {ticks(8h), ticks(-8h), ticks(1h), ticks(-(5h + 30min)), ticks(6min)}) {
        world here;
        here.run(10s);
        here.step(by);
        EXPECT_THAT(here.look(), ElementsAre(kind::stepped, kind::held));
        EXPECT_EQ(here.happened[0].by, by);
        EXPECT_EQ(here.happened[0].off, by);
        EXPECT_TRUE(here.guard.holds());
        EXPECT_THAT(here.run(1h), IsEmpty()) << "once is enough";
        here.step(-by);
        EXPECT_THAT(here.look(), ElementsAre(kind::stepped, kind::released));
        EXPECT_EQ(here.happened[0].by, -by);
        EXPECT_FALSE(here.guard.holds());
        EXPECT_EQ(here.guard.steps(), 2u);
    }
}

TEST(ClockGuard, HoldsBeyondTheToleranceAndNotAtIt) {
    for (const auto sign : {1, -1}) {
        world here;
        here.step(sign * ticks(300s));
        EXPECT_THAT(here.look(), ElementsAre(kind::stepped));
        here.step(sign * tick);
        EXPECT_THAT(here.look(), ElementsAre(kind::held));
        here.step(-sign * tick);
        EXPECT_THAT(here.look(), ElementsAre(kind::released));
    }
}

TEST(ClockGuard, AddsUpStepsThatAreEachWithinTheTolerance) {
    world here;
    here.step(-4min);
    EXPECT_THAT(here.look(), ElementsAre(kind::stepped));
    here.step(-4min);
    EXPECT_THAT(here.look(), ElementsAre(kind::stepped, kind::held));
    EXPECT_EQ(here.happened[0].by, ticks(-4min));
    EXPECT_EQ(here.happened[0].off, ticks(-8min));
}

TEST(ClockGuard, TellsAStepFromHalfASecondOnAndALeapSecondIsOne) {
    for (const auto sign : {1, -1}) {
        world here;
        here.step(sign * (least_step - tick));
        EXPECT_THAT(here.look(), IsEmpty());
        here.step(sign * least_step);
        EXPECT_THAT(here.look(), ElementsAre(kind::stepped));
        here.step(sign * ticks(1s));
        EXPECT_THAT(here.look(), ElementsAre(kind::stepped));
        EXPECT_FALSE(here.guard.holds());
    }
}

TEST(ClockGuard, TakesASuspendForNoStep) {
    world here;
    here.run(5s);
    here.pass(9h);
    EXPECT_THAT(here.look(), IsEmpty());
    EXPECT_EQ(here.guard.steps(), 0u);
}

TEST(ClockGuard, TellsOfAClockThatIsOnePercentFastAndHoldsItInTheEnd) {
    world here;
    here.rate = 0.01;
    EXPECT_THAT(here.run(1000s), ElementsAre(kind::drifted));
    // 30,000 s until 300 s are reached: 29 more lines, and then it is held.
    auto later = here.run(29'001s);
    ASSERT_EQ(later.size(), 30u);
    EXPECT_EQ(later.back(), kind::held);
    EXPECT_EQ(later.front(), kind::drifted);
    EXPECT_EQ(here.guard.steps(), 0u);
}

TEST(ClockGuard, OnlyWarnsUnlessItIsToHold) {
    world here(guard_mode::warn);
    here.step(8h);
    EXPECT_THAT(here.look(), ElementsAre(kind::stepped));
    EXPECT_FALSE(here.guard.holds());
    EXPECT_EQ(here.why(), "");
    EXPECT_EQ(here.guard.steps(), 1u);
}

TEST(ClockGuard, SeesNothingWhenItIsOff) {
    world here(guard_mode::off);
    here.step(8h);
    EXPECT_THAT(here.look(), IsEmpty());
    EXPECT_THAT(here.kernel_says(kernel_sync::unsynchronised), IsEmpty());
    EXPECT_EQ(here.guard.steps(), 0u);
}

TEST(ClockGuard, TrustsTheClockThatAnAdministratorAccepts) {
    world here;
    here.step(8h);
    here.look();
    here.happened.clear();
    EXPECT_TRUE(here.guard.accept(here.reading(), here.happened));
    EXPECT_THAT(here.kinds(), ElementsAre(kind::accepted));
    EXPECT_FALSE(here.guard.holds());
    EXPECT_THAT(here.run(1h), IsEmpty());
    here.step(-8h);  // and going back is a step away from what was accepted
    EXPECT_THAT(here.look(), ElementsAre(kind::stepped, kind::held));
}

TEST(ClockGuard, HasNothingToAcceptWhenNothingIsWrong) {
    world here;
    here.run(5s);
    EXPECT_FALSE(here.guard.accept(here.reading(), here.happened));
    EXPECT_THAT(here.kinds(), IsEmpty());
}

TEST(ClockGuard, AcceptsAStepThatNobodyHadSeenYet) {
    world here;
    here.step(8h);
    EXPECT_TRUE(here.guard.accept(here.reading(), here.happened));
    EXPECT_THAT(here.kinds(), ElementsAre(kind::stepped, kind::held, kind::accepted));
    EXPECT_FALSE(here.guard.holds());
}

TEST(ClockGuard, ReportsTheKernelOnceWhenItChangesItsMind) {
    world here;
    EXPECT_THAT(here.kernel_says(kernel_sync::synchronised), ElementsAre(kind::synchronised));
    EXPECT_THAT(here.kernel_says(kernel_sync::synchronised), IsEmpty());
    EXPECT_THAT(here.kernel_says(kernel_sync::unsynchronised), ElementsAre(kind::unsynchronised));
    EXPECT_THAT(here.kernel_says(kernel_sync::unsynchronised), IsEmpty());
    EXPECT_THAT(here.kernel_says(kernel_sync::unknown), IsEmpty());
    here.pass(1000h);
    EXPECT_THAT(here.kernel_says(kernel_sync::unsynchronised), ElementsAre(kind::unsynchronised));
    EXPECT_FALSE(here.guard.holds()) << "without --unsynchronised-grace nobody is held";
}

TEST(ClockGuard, HoldsWhenUnsynchronisedForLongerThanTheGrace) {
    world here(guard_mode::hold, ticks(10min));
    here.kernel_says(kernel_sync::unsynchronised);
    here.pass(10min);
    EXPECT_THAT(here.kernel_says(kernel_sync::unsynchronised), IsEmpty());
    here.pass(1ns);
    EXPECT_THAT(here.kernel_says(kernel_sync::unsynchronised), ElementsAre(kind::held));
    EXPECT_NE(here.why().find("nothing synchronises it"), std::string::npos);
    EXPECT_THAT(here.kernel_says(kernel_sync::synchronised),
                ElementsAre(kind::synchronised, kind::released));
    EXPECT_EQ(here.why(), "");
}

TEST(ClockGuard, AcceptsAnUnsynchronisedClockUntilTheKernelChangesItsMind) {
    world here(guard_mode::hold, ticks(10min));
    here.kernel_says(kernel_sync::unsynchronised);
    here.pass(11min);
    here.kernel_says(kernel_sync::unsynchronised);
    EXPECT_TRUE(here.guard.holds());
    EXPECT_TRUE(here.guard.accept(here.reading(), here.happened));
    here.pass(100h);
    EXPECT_THAT(here.kernel_says(kernel_sync::unsynchronised), IsEmpty());
    here.kernel_says(kernel_sync::synchronised);
    here.kernel_says(kernel_sync::unsynchronised);
    here.pass(11min);
    EXPECT_THAT(here.kernel_says(kernel_sync::unsynchronised), ElementsAre(kind::held));
}

TEST(ClockGuard, AcceptsNoUnsynchronisedClockBeforeItHoldsForOne) {
    world here(guard_mode::hold, ticks(10min));
    here.kernel_says(kernel_sync::unsynchronised);
    EXPECT_FALSE(here.guard.accept(here.reading(), here.happened));
    here.pass(10min + 1ns);
    EXPECT_THAT(here.kernel_says(kernel_sync::unsynchronised), ElementsAre(kind::held));
}

TEST(ClockGuard, StaysHeldWhileOneOfTwoReasonsIsLeft) {
    world here(guard_mode::hold, ticks(0s));
    here.kernel_says(kernel_sync::unsynchronised);
    here.step(8h);
    here.pass(1s);
    here.look();
    EXPECT_TRUE(here.guard.holds());
    here.step(-8h);
    EXPECT_THAT(here.look(), ElementsAre(kind::stepped));
    EXPECT_TRUE(here.guard.holds());
    here.kernel_says(kernel_sync::synchronised);
    EXPECT_FALSE(here.guard.holds());
}

// A model that knows nothing of looks: held exactly while the clock is further off than tolerated.
TEST(ClockGuard, HoldsExactlyWhileTheClockIsOffInDaysOfTrouble) {
    std::mt19937 random(20261126);
    world here;
    ticks off{0};
    for (int i = 0; i < 20'000; ++i) {
        switch (random() % 4) {
            case 0: {
                const ticks by = std::chrono::seconds(static_cast<int>(random() % 1200) - 600);
                here.step(by);
                off += by;
                break;
            }
            case 1:
                here.pass(std::chrono::hours(random() % 30));
                break;
            case 2:
                here.step(-off);
                off = ticks{0};
                break;
            case 3:
                here.pass(1s);
                break;
        }
        here.look();
        ASSERT_EQ(here.guard.holds(), off > ticks(300s) || off < ticks(-300s)) << i;
        ASSERT_EQ(here.guard.off(), off);
    }
}

TEST(ClockGuard, TakesSmallSetsThatAddUpForADrift) {
    world here;
    for (int i = 0; i < 800 && !here.guard.holds(); ++i) {
        here.pass(1s);
        here.step(400ms);
        here.look();
    }
    EXPECT_TRUE(here.guard.holds());
    EXPECT_EQ(here.guard.reason(), hold_reason::drifted);
    here.step(8h);  // more than all of them
    here.look();
    EXPECT_EQ(here.guard.reason(), hold_reason::stepped);
}

TEST(ClockGuard, ForgetsADriftThatWasAccepted) {
    world here;
    here.rate = 0.3;
    here.run(600s);
    here.rate = 0;
    EXPECT_TRUE(here.guard.accept(here.reading(), here.happened));
    EXPECT_EQ(here.guard.reason(), hold_reason::none);
    EXPECT_EQ(here.guard.off_words(), "");
    here.step(400ms);
    here.look();
    here.step(301s);
    here.look();
    EXPECT_EQ(here.guard.reason(), hold_reason::stepped);
}

TEST(ClockGuard, SurvivesClocksAtTheEndOfTime) {
    world here;
    here.wall = wall_time::max();
    here.look();
    EXPECT_TRUE(here.guard.holds());
    here.wall = wall_time();
    here.look();
    EXPECT_TRUE(here.guard.holds());
    EXPECT_NE(here.why(), "");
}

}  // namespace
}  // namespace relayauth::net
