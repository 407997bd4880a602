#include "relayauth/session/lab_minting.hpp"

#include "talk.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

using namespace std::chrono_literals;

struct bench {
    bench() {
        in_force->issue.max_lifetime = 480min;
        in_force->validate.time.tolerance = 300s;
        in_force->validate.time.expiry_grace = 30s;
        in_force->validate.time.accept_lifetime = 480min;
        lab.other_keys = std::make_shared<const keyring::ring>();
    }
    minting spoilt(lie what, std::optional<std::chrono::minutes> duration, bool tells = true,
                   std::optional<std::chrono::milliseconds> time = {}) const {
        const auto rule = make_lab_rule("*", what, time);
        EXPECT_TRUE(rule.has_value());
        return spoil(*rule, {&in_force->keys, duration, now_2026}, tells, *in_force, lab);
    }
    std::shared_ptr<settings> in_force = make_settings();
    lab_settings lab;
};

TEST(Spoil, ExpiredIsPastItsExpiryAndTheGrace) {
    const bench here;
    EXPECT_EQ(here.spoilt(lie::expired, 10min).now, now_2026 - ticks(10min + 30s + 1min));
    // What is granted counts, not what was asked for.
    for (const auto asked : {std::optional<std::chrono::minutes>(), std::optional(999min)})
        EXPECT_EQ(here.spoilt(lie::expired, asked).now, now_2026 - ticks(480min + 30s + 1min));
}

TEST(Spoil, NotYetValidIsBeyondTheTolerance) {
    const bench here;
    EXPECT_EQ(here.spoilt(lie::not_yet_valid, 10min).now, now_2026 + ticks(300s + 10min));
}

TEST(Spoil, NotYetValidWithoutAnIssueTimeExpiresLaterThanAnyCould) {
    const bench here;
    EXPECT_EQ(here.spoilt(lie::not_yet_valid, 10min, false).now + ticks(10min),
              now_2026 + ticks(480min + 300s + 10min));
}

TEST(Spoil, WrongKeyMintsWithTheOtherRingAndNothingElse) {
    const bench here;
    const auto made = here.spoilt(lie::wrong_key, 10min);
    EXPECT_EQ(made.keys, here.lab.other_keys.get());
    EXPECT_EQ(made.now, now_2026);
    EXPECT_EQ(here.spoilt(lie::expired, 10min).keys, &here.in_force->keys);
}

TEST(Spoil, LifetimeEndsWhenItSays) {
    const bench here;
    const auto end = [](const minting& made) { return made.now + ticks(made.lives_for.value()); };
    const auto short_lived = here.spoilt(lie::lifetime, 480min, true, 10s);
    EXPECT_EQ(short_lived.duration, 1min);
    EXPECT_EQ(short_lived.now, now_2026);
    EXPECT_EQ(end(short_lived), now_2026 + ticks(10s));
    const auto half = here.spoilt(lie::lifetime, 480min, true, 1500ms);
    EXPECT_EQ(half.now, now_2026 - ticks(500ms));
    EXPECT_EQ(end(half), now_2026 + ticks(1500ms));
    const auto whole = here.spoilt(lie::lifetime, std::nullopt, true, 120s);
    EXPECT_EQ(whole.duration, 2min);
    EXPECT_EQ(whole.now, now_2026);
    EXPECT_EQ(end(whole), now_2026 + ticks(2min));
    const auto longest = here.spoilt(lie::lifetime, std::nullopt, true, 24h);
    EXPECT_EQ(longest.duration, 480min);
    EXPECT_EQ(longest.now, now_2026);
}

TEST(Spoil, LeavesTheCredentialAloneForOtherLies) {
    const bench here;
    for (std::size_t i = 0; i < lies; ++i) {
        const auto each = static_cast<lie>(i);
        if (spoils_credential(each)) continue;
        const auto made = here.spoilt(
            each, 10min, true,
            takes_time(each) ? std::optional<std::chrono::milliseconds>(1s) : std::nullopt);
        EXPECT_EQ(made.keys, &here.in_force->keys);
        EXPECT_EQ(made.now, now_2026);
        EXPECT_EQ(made.duration, 10min);
    }
}

}  // namespace
}  // namespace relayauth::session
