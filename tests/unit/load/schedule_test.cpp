#include "relayauth/load/schedule.hpp"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <set>
#include <vector>

namespace relayauth::load {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

options constant(double rate) {
    options chosen;
    chosen.rate = rate;
    return chosen;
}

options ramped(double from, double to, nanoseconds warm_up = seconds(0)) {
    options chosen;
    chosen.ramp = ramp{from, to};
    chosen.warm_up = warm_up;
    return chosen;
}

options poisson(double rate, std::uint64_t seed) {
    auto chosen = constant(rate);
    chosen.arrivals = arrivals::poisson;
    chosen.seed = seed;
    return chosen;
}

std::vector<nanoseconds> first_times(const options& chosen, std::size_t count) {
    std::vector<nanoseconds> times;
    for (schedule plan(chosen); times.size() < count; plan.advance()) {
        EXPECT_EQ(plan.index(), times.size());
        times.push_back(plan.planned());
    }
    return times;
}

double in_seconds(nanoseconds time) {
    return std::chrono::duration<double>(time).count();
}

// How many requests a plan expects until `at`, by the integral of its rate in small steps: the
// warm-up at the first rate, then evenly from one rate to the other until the end of the run.
double expected_by(const options& chosen, double at) {
    const double warm_up = in_seconds(chosen.warm_up), length = in_seconds(chosen.duration);
    const auto rate = [&](double t) {
        const double done = std::min(1.0, std::max(0.0, (t - warm_up) / length));
        return chosen.rate_from() + (chosen.rate_to() - chosen.rate_from()) * done;
    };
    constexpr int steps = 20'000;
    double sum = 0;
    for (int i = 0; i < steps; ++i) sum += rate(at * (i + 0.5) / steps);
    return sum * at / steps;
}

void expect_times_invert_the_count(const options& chosen) {
    const double all =
        expected_by(chosen, in_seconds(chosen.warm_up) + in_seconds(chosen.duration));
    const auto times = first_times(chosen, static_cast<std::size_t>(all) + 1);
    for (std::size_t k = 0; k < times.size(); k += times.size() / 25) {
        EXPECT_NEAR(expected_by(chosen, in_seconds(times[k])), static_cast<double>(k),
                    1e-6 * all + 1e-3)
            << k;
    }
}

TEST(Schedule, PlansConstantArrivalsAtIndexByRate) {
    const auto times = first_times(constant(1000), 20'001);
    for (std::size_t i = 0; i < times.size(); ++i) {
        ASSERT_EQ(times[i], nanoseconds(i * 1'000'000)) << i;
    }
}

TEST(Schedule, RoundsOnlyToTheNanosecondHoweverLongItRuns) {
    const auto times = first_times(constant(3), 300'001);
    for (std::size_t i = 0; i < times.size(); ++i) {
        const auto exact = static_cast<std::int64_t>(i) * 1'000'000'000 / 3;
        ASSERT_LE(std::abs(times[i].count() - exact), 1) << i;
    }
    EXPECT_EQ(times[300'000], seconds(100'000));
}

TEST(Schedule, TakesTheUsualRateWhenNoneIsGiven) {
    EXPECT_EQ(first_times(options(), 2)[1], nanoseconds(1'000'000));
}

TEST(Schedule, KeepsSlowAndFastRates) {
    EXPECT_EQ(first_times(constant(0.5), 4)[3], seconds(6));
    const auto fast = first_times(constant(max_rate), 1001);
    EXPECT_EQ(fast[1], nanoseconds(100));
    EXPECT_EQ(fast[1000], nanoseconds(100'000));
}

TEST(Schedule, InvertsTheCountOfARampUpwards) {
    expect_times_invert_the_count(ramped(100, 1000));
}

TEST(Schedule, InvertsTheCountOfARampDownwards) {
    expect_times_invert_the_count(ramped(1000, 100));
}

TEST(Schedule, InvertsTheCountOfASteepRamp) {
    expect_times_invert_the_count(ramped(0.01, 5000));
    expect_times_invert_the_count(ramped(5000, 0.01));
}

TEST(Schedule, InvertsTheCountOfARampThatIsHardlyOne) {
    expect_times_invert_the_count(ramped(1000, 1000.0000001));
    expect_times_invert_the_count(ramped(1000, 1000));
}

TEST(Schedule, WarmsUpAtTheFirstRateAndRampsBehindIt) {
    const auto chosen = ramped(100, 1000, seconds(3));
    const auto times = first_times(chosen, 302);
    for (std::size_t i = 0; i <= 300; ++i) {
        ASSERT_LE(std::abs(times[i].count() - static_cast<std::int64_t>(i) * 10'000'000), 1) << i;
    }
    EXPECT_LT(times[301] - times[300], nanoseconds(10'000'000));
    expect_times_invert_the_count(chosen);
}

// A rate that falls reaches 0 some time after the run: from there on nothing is ever planned.
TEST(Schedule, NeverGoesBackBehindTheEndOfARamp) {
    for (const auto& chosen : {ramped(1000, 10), ramped(10, 1000)}) {
        const auto times = first_times(chosen, 6000);
        for (std::size_t i = 1; i < times.size(); ++i) ASSERT_GE(times[i], times[i - 1]) << i;
        EXPECT_GT(times.back(), chosen.duration);
    }
    EXPECT_EQ(first_times(ramped(1000, 10), 6000).back(), nanoseconds::max());
}

TEST(Schedule, PlansNothingPastThirtyYears) {
    const auto times = first_times(constant(1.1e-9), 3);
    EXPECT_LT(times[1], seconds(1'000'000'000));
    EXPECT_EQ(times[2], nanoseconds::max());
}

TEST(Schedule, PlansPoissonArrivalsByTheSeedAlone) {
    const auto once = first_times(poisson(500, 7), 5000);
    EXPECT_EQ(first_times(poisson(500, 7), 5000), once);
    const auto other = first_times(poisson(500, 8), 5000);
    int same = 0;
    for (std::size_t i = 0; i < once.size(); ++i) same += once[i] == other[i];
    EXPECT_LT(same, 5);
    EXPECT_GT(once[0], nanoseconds(0));
}

// The number of threads says who sends a request, never when.
TEST(Schedule, DoesNotDependOnThreadsOrConnections) {
    auto many = poisson(500, 7);
    many.threads = 7;
    many.connections = 70;
    EXPECT_EQ(first_times(many, 1000), first_times(poisson(500, 7), 1000));
}

TEST(Schedule, LetsPoissonArrivalsFollowEachOther) {
    const auto times = first_times(poisson(1e6, 3), 100'000);
    for (std::size_t i = 1; i < times.size(); ++i) ASSERT_GE(times[i], times[i - 1]) << i;
}

// Gaps of mean 1 and variance 1 (in units of 1/rate). With 100,000 of them the mean is off by
// 1/316 and the variance by sqrt(8)/316 in one standard deviation; five of them are allowed.
TEST(Schedule, DrawsExponentialGaps) {
    constexpr std::size_t count = 100'000;
    const auto times = first_times(poisson(1000, 42), count);
    double sum = 0, squares = 0;
    std::size_t above_one = 0;
    nanoseconds before(0);
    for (const auto time : times) {
        const double gap = in_seconds(time - before) * 1000;
        before = time;
        sum += gap;
        squares += gap * gap;
        above_one += gap > 1;
    }
    const double mean = sum / count;
    EXPECT_NEAR(mean, 1, 5 / 316.0);
    EXPECT_NEAR(squares / count - mean * mean, 1, 5 * std::sqrt(8) / 316);
    EXPECT_NEAR(static_cast<double>(above_one) / count, std::exp(-1), 0.008);
}

TEST(Schedule, RampsPoissonArrivalsToo) {
    auto chosen = ramped(100, 10'000);
    chosen.arrivals = arrivals::poisson;
    chosen.seed = 5;
    const auto times = first_times(chosen, 40'001);
    for (const std::size_t k : {1000u, 10'000u, 40'000u}) {
        const double off = expected_by(chosen, in_seconds(times[k])) - static_cast<double>(k);
        EXPECT_LT(std::abs(off), 5 * std::sqrt(k)) << k;
    }
}

TEST(RandomOf, DependsOnSeedAndIndexAlone) {
    EXPECT_EQ(random_of(1, 2), random_of(1, 2));
    EXPECT_NE(random_of(1, 2), random_of(2, 1));
    EXPECT_NE(random_of(1, 2), random_of(1, 3));
    EXPECT_NE(random_of(1, 2), random_of(2, 2));
    EXPECT_NE(random_of(0, 0), 0u);
}

TEST(RandomOf, GivesEveryIndexItsOwnNumber) {
    std::set<std::uint64_t> seen;
    for (std::uint64_t i = 0; i < 50'000; ++i) seen.insert(random_of(9, i));
    EXPECT_EQ(seen.size(), 50'000u);
}

// Each bit is set in half of 20,000 numbers, give or take five standard deviations of 71.
TEST(RandomOf, SpreadsInEveryBit) {
    for (const std::uint64_t seed : {0u, 1u, 2u}) {
        std::array<int, 64> set{};
        for (std::uint64_t i = 0; i < 20'000; ++i) {
            const auto value = random_of(seed, i);
            for (unsigned bit = 0; bit < 64; ++bit) set[bit] += (value >> bit & 1) != 0;
        }
        for (unsigned bit = 0; bit < 64; ++bit) {
            EXPECT_NEAR(set[bit], 10'000, 355) << "bit " << bit << " seed " << seed;
        }
    }
}

TEST(RandomOf, SpreadsOverSmallRemaindersAndNeighbouringSeeds) {
    for (const std::uint64_t parts : {3u, 10u, 100u}) {
        std::vector<int> counts(parts);
        for (std::uint64_t i = 0; i < 100'000; ++i) ++counts[random_of(i % 2, i) % parts];
        const double each = 100'000.0 / static_cast<double>(parts);
        for (const int count : counts) EXPECT_NEAR(count, each, 5 * std::sqrt(each)) << parts;
    }
    int differing = 0;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        differing += std::popcount(random_of(1, i) ^ random_of(2, i));
    }
    EXPECT_NEAR(differing, 32'000, 5 * std::sqrt(16'000));
}

}  // namespace
}  // namespace relayauth::load
