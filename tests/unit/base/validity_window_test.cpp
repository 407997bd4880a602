#include "relayauth/base/validity_window.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace relayauth {
namespace {

using namespace std::chrono_literals;

constexpr ticks one{1};
constexpr wall_time issued(132'000'000'000'000'000);
constexpr wall_time expires = issued + ticks(8h);
constexpr validity_window known{issued, expires};
constexpr validity_window unknown{std::nullopt, expires};

constexpr validity_limits exact{ticks{0}, ticks{0}, 8h};
constexpr validity_limits usual{300s, ticks{0}, 8h};
constexpr validity_limits graceful{ticks{0}, 60s, 8h};
constexpr validity_limits both{300s, 60s, 8h};

TEST(ValidityWindow, DefaultsAreTheDocumentedOnes) {
    const validity_limits defaults;
    EXPECT_EQ(defaults.tolerance, ticks(300s));
    EXPECT_EQ(defaults.expiry_grace, ticks{0});
    EXPECT_EQ(defaults.accept_lifetime, ticks(8h));
    EXPECT_EQ(longest_tolerance, ticks(15min));
}

TEST(ValidityWindow, OpensExactlyAtIssueWithoutTolerance) {
    for (const auto& limits : {exact, graceful}) {
        EXPECT_EQ(known.check(limits, issued - one), validity::not_yet_valid);
        EXPECT_EQ(known.check(limits, issued), validity::valid);
        EXPECT_EQ(known.check(limits, issued + one), validity::valid);
    }
}

TEST(ValidityWindow, OpensExactlyAtIssueMinusTolerance) {
    for (const auto& limits : {usual, both}) {
        const auto edge = issued - ticks(300s);
        EXPECT_EQ(known.check(limits, edge - one), validity::not_yet_valid);
        EXPECT_EQ(known.check(limits, edge), validity::valid);
        EXPECT_EQ(known.check(limits, edge + one), validity::valid);
        EXPECT_EQ(known.opens_at(limits), edge);
    }
}

TEST(ValidityWindow, EndsExactlyAtExpiryWithoutGrace) {
    // Tolerance does not move this edge.
    for (const auto& limits : {exact, usual}) {
        for (const auto& window : {known, unknown}) {
            EXPECT_EQ(window.check(limits, expires - one), validity::valid);
            EXPECT_EQ(window.check(limits, expires), validity::expired);
            EXPECT_EQ(window.check(limits, expires + one), validity::expired);
        }
    }
}

TEST(ValidityWindow, EndsExactlyAtExpiryPlusGrace) {
    const auto edge = expires + ticks(60s);
    for (const auto& limits : {graceful, both}) {
        for (const auto& window : {known, unknown}) {
            EXPECT_EQ(window.check(limits, edge - one), validity::valid);
            EXPECT_EQ(window.check(limits, edge), validity::expired);
            EXPECT_EQ(window.check(limits, edge + one), validity::expired);
            EXPECT_EQ(window.closes_at(limits), edge);
        }
    }
}

TEST(ValidityWindow, UnknownIssueTimeOpensAtTheLongestAcceptedLifetimeBeforeExpiry) {
    const validity_limits strict{ticks{0}, ticks{0}, 2h};
    const auto edge = expires - ticks(2h);
    EXPECT_EQ(unknown.check(strict, edge - one), validity::minted_ahead);
    EXPECT_EQ(unknown.check(strict, edge), validity::valid);
    EXPECT_EQ(unknown.check(strict, edge + one), validity::valid);
    EXPECT_EQ(unknown.opens_at(strict), edge);
}

TEST(ValidityWindow, UnknownIssueTimeAlsoHasTheTolerance) {
    const auto edge = expires - ticks(8h) - ticks(300s);
    EXPECT_EQ(unknown.check(usual, edge - one), validity::minted_ahead);
    EXPECT_EQ(unknown.check(usual, edge), validity::valid);
    EXPECT_EQ(unknown.check(usual, edge + one), validity::valid);
}

TEST(ValidityWindow, KnownIssueTimeMakesTheAcceptedLifetimeMeaningless) {
    const validity_limits strict{ticks{0}, ticks{0}, 1min};
    EXPECT_EQ(known.check(strict, issued), validity::valid);
    EXPECT_EQ(known.check(strict, issued - one), validity::not_yet_valid);
}

TEST(ValidityWindow, EitherWrongClockIsSeenFromItsSide) {
    // The verifier of an 8 h credential, minted now, that is off by this much.
    EXPECT_EQ(known.check(usual, issued - ticks(8h)), validity::not_yet_valid);
    EXPECT_EQ(known.check(usual, issued - ticks(6min)), validity::not_yet_valid);
    EXPECT_EQ(known.check(usual, issued - ticks(4min)), validity::valid);
    EXPECT_EQ(known.check(usual, issued + ticks(4min)), validity::valid);
    EXPECT_EQ(known.check(usual, issued + ticks(7h + 59min)), validity::valid);
    EXPECT_EQ(known.check(usual, issued + ticks(8h + 1min)), validity::expired);
    // A mint 8 h ahead, seen by a true clock.
    EXPECT_EQ(unknown.check(usual, issued - ticks(8h)), validity::minted_ahead);
}

TEST(ValidityWindow, HoldsInTheYearsWhereOtherClocksEnd) {
    for (const auto year_edge : {2'147'483'648s, 4'294'967'296s, 9'223'372'037s}) {
        const auto end = wall_time::from_unix(year_edge);
        const validity_window across{end - ticks(1h), end + ticks(1h)};
        EXPECT_EQ(across.check(exact, end - ticks(1h) - one), validity::not_yet_valid);
        EXPECT_EQ(across.check(exact, end - ticks(1h)), validity::valid);
        EXPECT_EQ(across.check(exact, end - one), validity::valid);
        EXPECT_EQ(across.check(exact, end), validity::valid);
        EXPECT_EQ(across.check(exact, end + ticks(1h) - one), validity::valid);
        EXPECT_EQ(across.check(exact, end + ticks(1h)), validity::expired);
    }
}

TEST(ValidityWindow, SaturatesAtTheLastTick) {
    const validity_window forever{std::nullopt, wall_time::max()};
    EXPECT_EQ(forever.check(both, issued), validity::minted_ahead);
    EXPECT_EQ(forever.closes_at(both), wall_time::max());
    EXPECT_EQ(forever.check(both, wall_time::max() - one), validity::valid);
    EXPECT_EQ(forever.check(both, wall_time::max()), validity::expired);
    const validity_window future{wall_time::max(), wall_time::max()};
    EXPECT_EQ(future.check(exact, issued), validity::not_yet_valid);
}

TEST(ValidityWindow, SaturatesAtTheFirstTick) {
    const validity_window ancient{std::nullopt, wall_time(0)};
    EXPECT_EQ(ancient.opens_at(usual), wall_time(0));
    EXPECT_EQ(ancient.check(usual, wall_time(0)), validity::expired);
    EXPECT_EQ(ancient.check(usual, issued), validity::expired);
    const validity_window early{wall_time(0), wall_time(10)};
    EXPECT_EQ(early.check(usual, wall_time(0)), validity::valid);
    EXPECT_EQ(early.check(usual, wall_time(9)), validity::valid);
    EXPECT_EQ(early.check(usual, wall_time(10)), validity::expired);
}

TEST(ValidityWindow, IssueAfterExpiryIsNeverValidBeforeItsIssue) {
    const validity_window inverted{expires, issued};
    EXPECT_EQ(inverted.check(exact, expires - one), validity::not_yet_valid);
    EXPECT_EQ(inverted.check(exact, expires), validity::expired);
}

}  // namespace
}  // namespace relayauth
