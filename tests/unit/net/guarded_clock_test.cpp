#include "relayauth/net/guarded_clock.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace relayauth::net {
namespace {

using namespace std::chrono_literals;
using kind = guard_event::kind;

// hand_clock shows what the test says. Before each of its next `pauses` readings of boot() the
// machine takes the processor away for 3 s, in which both clocks go on.
class hand_clock final : public clock {
public:
    wall_time wall() const override {
        return wall_time::from_unix(1'790'000'000s) + ahead +
               std::chrono::duration_cast<ticks>(passed);
    }
    mono_time mono() const override { return mono_time(5s); }
    mono_time boot() const override {
        if (pauses > 0) {
            --pauses;
            passed += 3s;
        }
        return mono_time(1000s + passed);
    }
    kernel_sync kernel() const override { return says; }

    ticks ahead{0};
    mutable int pauses = 0;
    mutable std::chrono::nanoseconds passed{0};
    kernel_sync says = kernel_sync::synchronised;
};

struct guarded {
    explicit guarded(guard_mode mode = guard_mode::hold)
        : clock(hands, {.mode = mode, .tolerance = 300s, .unsynchronised_grace = {}},
                [this](const guard_event& each, const guard_settings&) {
                    heard.push_back(each.what);
                }) {}
    hand_clock hands;
    std::vector<kind> heard;
    guarded_clock clock;
};

TEST(GuardedClock, MeetsAStepAtTheFirstReadingAfterIt) {
    guarded here;
    EXPECT_EQ(here.clock.read().wall, here.hands.wall());
    here.hands.ahead = 8h;
    EXPECT_EQ(here.clock.read().wall, here.hands.wall());
    EXPECT_TRUE(here.clock.holds());
    EXPECT_EQ(here.heard, (std::vector{kind::stepped, kind::held}));
    EXPECT_EQ(here.clock.steps(), 1u);
    EXPECT_NE(here.clock.why(), "");
    const auto before = here.clock.generation();
    here.hands.ahead = 0s;
    here.clock.read();
    EXPECT_FALSE(here.clock.holds());
    EXPECT_NE(here.clock.generation(), before) << "whoever kept why() must ask again";
}

TEST(GuardedClock, MeetsAStepOfAnIdleServerAtTheNextTick) {
    guarded here;
    here.hands.ahead = -8h;
    here.clock.tick();
    EXPECT_TRUE(here.clock.holds());
}

TEST(GuardedClock, TakesAPauseBetweenTwoReadingsForNoStep) {
    for (const int pauses : {1, 2, 3, 4}) {
        guarded here;
        here.hands.pauses = pauses;
        here.clock.read();
        EXPECT_TRUE(here.heard.empty()) << pauses;
        EXPECT_EQ(here.clock.read().wall, here.hands.wall());
        EXPECT_EQ(here.clock.steps(), 0u);
    }
}

TEST(GuardedClock, SeesAStepThroughPauses) {
    guarded here;
    here.hands.ahead = 8h;
    here.hands.pauses = 5;
    here.clock.read();
    EXPECT_EQ(here.heard, (std::vector{kind::stepped, kind::held}));
}

TEST(GuardedClock, AsksTheKernelAtEachTickOnly) {
    guarded here;
    here.clock.read();
    EXPECT_TRUE(here.heard.empty());
    here.clock.tick();
    EXPECT_EQ(here.heard, std::vector{kind::synchronised});
    EXPECT_EQ(here.clock.kernel(), kernel_sync::synchronised);
    here.hands.says = kernel_sync::unsynchronised;
    here.clock.tick();
    EXPECT_EQ(here.heard.back(), kind::unsynchronised);
}

TEST(GuardedClock, IsAcceptedOnlyWhenSomethingIsWrong) {
    guarded here;
    EXPECT_FALSE(here.clock.accept());
    here.hands.ahead = 8h;
    EXPECT_TRUE(here.clock.accept());
    EXPECT_FALSE(here.clock.holds());
    EXPECT_EQ(here.heard.back(), kind::accepted);
}

TEST(GuardedClock, SaysWithEachReadingWhetherItWasHeld) {
    guarded here;
    EXPECT_FALSE(here.clock.read().held);
    here.hands.ahead = 8h;
    EXPECT_TRUE(here.clock.read().held);
    EXPECT_TRUE(here.clock.read().held) << "without a look, too";
    EXPECT_EQ(here.clock.read().wall, here.hands.wall());
    here.hands.ahead = 0s;
    EXPECT_FALSE(here.clock.read().held);
    EXPECT_FALSE(here.clock.read().held);
}

// Threads read while one sets the clock to and fro: each reading and its verdict belong together.
TEST(GuardedClock, NeverCallsAWrongTimeGoodWhateverOtherThreadsFind) {
    struct flipping final : clock {
        wall_time wall() const override {
            return wall_time::from_unix(1'790'000'000s) + (wrong ? ticks(8h) : ticks{0});
        }
        mono_time mono() const override { return mono_time(); }
        mono_time boot() const override { return mono_time(1000s); }
        kernel_sync kernel() const override { return kernel_sync::unknown; }
        std::atomic<bool> wrong{false};
    } hands;
    guarded_clock watched(hands,
                          {.mode = guard_mode::hold, .tolerance = 300s, .unsynchronised_grace = {}},
                          [](const guard_event&, const guard_settings&) {});
    const auto right = hands.wall();
    std::atomic<int> wrongly_good{0};
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            for (int n = 0; n < 100'000; ++n) {
                const auto now = watched.read();
                if (!now.held && now.wall != right) ++wrongly_good;
            }
        });
    }
    for (int n = 0; n < 100'000; ++n) hands.wrong = n % 2 == 0;
    for (auto& each : readers) each.join();
    EXPECT_EQ(wrongly_good, 0);
}

TEST(GuardedClock, ShowsHowItFoundTheClock) {
    guarded here(guard_mode::warn);
    EXPECT_EQ(here.clock.standing().words, "");
    here.hands.ahead = 8h;
    here.clock.tick();
    auto found = here.clock.standing();
    EXPECT_FALSE(found.held);
    EXPECT_EQ(found.reason, hold_reason::none);
    EXPECT_EQ(found.off, ticks(8h));
    EXPECT_NE(found.words.find("+8 h off"), std::string::npos);
    guarded held;
    held.hands.ahead = -8h;
    held.clock.tick();
    found = held.clock.standing();
    EXPECT_TRUE(found.held);
    EXPECT_EQ(found.reason, hold_reason::stepped);
}

TEST(GuardedClock, OffMeansTheClockAsItIs) {
    guarded here(guard_mode::off);
    here.hands.ahead = 8h;
    EXPECT_EQ(here.clock.read().wall, here.hands.wall());
    here.clock.tick();
    EXPECT_TRUE(here.heard.empty());
    EXPECT_EQ(here.clock.mono(), mono_time(5s));
}

}  // namespace
}  // namespace relayauth::net
