#include "relayauth/net/clock_guard.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace relayauth::net {
namespace {

using namespace std::chrono_literals;
using kind = guard_event::kind;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr ticks tick{1};

// world is a machine whose clocks the test moves; the guard looks at them once a second, or when
// told to.
struct world {
    explicit world(guard_mode mode = guard_mode::hold, std::optional<ticks> grace = {})
        : settings{mode, 300s, grace}, guard(settings, reading()) {}

    clock_reading reading() const { return {wall, mono_time(boot)}; }
    void step(ticks by) { wall = wall + by; }
    // pass lets time go by without a look: a suspend does just that.
    void pass(std::chrono::nanoseconds span) {
        boot += span;
        wall = wall + std::chrono::duration_cast<ticks>(span * (1 + rate));
    }
    std::vector<kind> look() {
        happened.clear();
        guard.observe(reading(), happened);
        return kinds();
    }
    std::vector<kind> kernel_says(kernel_sync says) {
        happened.clear();
        guard.observe_kernel(says, reading(), happened);
        return kinds();
    }
    // run gives what happens in `seconds` seconds with a look at each.
    std::vector<kind> run(std::chrono::seconds seconds) {
        std::vector<kind> all;
        for (; seconds > 0s; seconds -= 1s) {
            pass(1s);
            for (const auto each : look()) all.push_back(each);
        }
        return all;
    }
    std::vector<kind> kinds() const {
        std::vector<kind> found;
        for (const auto& each : happened) found.push_back(each.what);
        return found;
    }

    wall_time wall = wall_time::from_unix(1'790'000'000s);
    std::chrono::nanoseconds boot = 1000s;
    double rate = 0;  // how much faster than true
    guard_settings settings;
    std::vector<guard_event> happened;
    clock_guard guard;
};

TEST(ClockGuard, SaysNothingInTwoDaysOfAnHonestClock) {
    world here;
    EXPECT_THAT(here.run(48h), IsEmpty());
    EXPECT_EQ(here.guard.steps(), 0u);
    EXPECT_FALSE(here.guard.holds());
    EXPECT_EQ(here.guard.why(), "");
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

TEST(ClockGuard, SaysHowFastAClockDrifts) {
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

TEST(ClockGuard, OnlyWarnsUnlessItIsToHold) {
    world here(guard_mode::warn);
    here.step(8h);
    EXPECT_THAT(here.look(), ElementsAre(kind::stepped));
    EXPECT_FALSE(here.guard.holds());
    EXPECT_EQ(here.guard.why(), "");
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
    EXPECT_NE(here.guard.why().find("nothing synchronises it"), std::string::npos);
    EXPECT_THAT(here.kernel_says(kernel_sync::synchronised),
                ElementsAre(kind::synchronised, kind::released));
    EXPECT_EQ(here.guard.why(), "");
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

TEST(ClockGuard, NamesATimeZoneOnlyForAStepThatLooksLikeOne) {
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

TEST(ClockGuard, SaysWhyItHoldsWithoutQuotes) {
    world here;
    here.step(-8h);
    here.look();
    const auto why = here.guard.why();
    EXPECT_NE(why.find("-8 h off"), std::string::npos) << why;
    EXPECT_NE(why.find("looks like a time zone error of -8 h"), std::string::npos) << why;
    EXPECT_NE(why.find("relayauth clock accept"), std::string::npos) << why;
    EXPECT_EQ(why.find('"'), std::string::npos);
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

TEST(ClockGuard, SurvivesClocksAtTheEndOfTime) {
    world here;
    here.wall = wall_time::max();
    here.look();
    EXPECT_TRUE(here.guard.holds());
    here.wall = wall_time();
    here.look();
    EXPECT_TRUE(here.guard.holds());
    EXPECT_NE(here.guard.why(), "");
}

}  // namespace
}  // namespace relayauth::net
