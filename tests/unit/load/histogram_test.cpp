#include "relayauth/load/histogram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace relayauth::load {
namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

TEST(Histogram, IsEmptyAtFirst) {
    const histogram none;
    EXPECT_EQ(none.count(), 0u);
    EXPECT_EQ(none.percentile(50), nanoseconds(0));
    EXPECT_EQ(none.max(), nanoseconds(0));
    EXPECT_EQ(none.min(), nanoseconds(0));
    EXPECT_EQ(none.mean(), nanoseconds(0));
    EXPECT_TRUE(none.buckets().empty());
}

TEST(Histogram, BucketsFollowEachOtherWithoutGap) {
    for (std::size_t i = 0; i + 1 < histogram::bucket_count(); ++i) {
        const auto end = histogram::upper_end(i);
        if (end >= histogram::max_value) break;
        ASSERT_EQ(histogram::index_of(end), i);
        ASSERT_EQ(histogram::index_of(end + nanoseconds(1)), i + 1);
    }
}

TEST(Histogram, KeepsThreeDigitsFromOneMicrosecondToSixtySeconds) {
    for (double ns = 1'000; ns <= 60e9; ns *= 1.0007) {
        const auto value = nanoseconds(std::llround(ns));
        const auto end = histogram::upper_end(histogram::index_of(value));
        ASSERT_GE(end, value);
        ASSERT_LE(static_cast<double>((end - value).count()), ns / 1024) << ns;
    }
}

// From 2^35 ns on: the last power of two that is not above 60 s has its buckets too.
TEST(Histogram, HasABucketForEveryValueUpToItsLargest) {
    histogram one;
    for (std::int64_t s = 34; s <= 60; ++s) {
        ASSERT_LT(histogram::index_of(seconds(s)), histogram::bucket_count()) << s;
        one.record(seconds(s));
    }
    EXPECT_EQ(one.count(), 27u);
    EXPECT_EQ(one.percentile(100), seconds(60));
    EXPECT_EQ(one.buckets().size(), 27u);
}

TEST(Histogram, TakesWhatIsOutOfRangeAtItsEnds) {
    histogram one;
    one.record(nanoseconds(-5));
    EXPECT_EQ(one.percentile(100), nanoseconds(0));
    one.record(seconds(75));
    EXPECT_EQ(one.max(), seconds(75));
    EXPECT_EQ(one.count(), 2u);
    EXPECT_EQ(histogram::index_of(seconds(75)), histogram::index_of(histogram::max_value));
    EXPECT_LT(histogram::index_of(histogram::max_value), histogram::bucket_count());
}

// Exact percentiles, by sorting, of values that spread over six powers of ten.
TEST(Histogram, AgreesWithExactPercentiles) {
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> exponent(3, 10);
    histogram counted;
    std::vector<nanoseconds> all;
    for (int i = 0; i < 20'000; ++i) {
        all.emplace_back(std::llround(std::pow(10, exponent(random))));
        counted.record(all.back());
    }
    std::sort(all.begin(), all.end());
    for (const double percent : {0.0, 0.1, 1.0, 50.0, 90.0, 99.0, 99.9, 99.99, 100.0}) {
        const auto rank = std::max<std::size_t>(
            1, static_cast<std::size_t>(std::llround(std::ceil(percent * 200 - 1e-6))));
        const auto exact = static_cast<double>(all[rank - 1].count());
        const auto told = static_cast<double>(counted.percentile(percent).count());
        EXPECT_GE(told, exact) << percent;
        EXPECT_LE(told, exact * (1 + 1.0 / 1024) + 1) << percent;
    }
    EXPECT_EQ(counted.max(), all.back());
    EXPECT_EQ(counted.percentile(100), all.back());
    EXPECT_EQ(counted.min(), all.front());
}

TEST(Histogram, APercentileThatFallsOnAValueIsThatValue) {
    histogram counted;
    for (int i = 1; i <= 1000; ++i) counted.record(nanoseconds(i));
    EXPECT_EQ(counted.percentile(50), nanoseconds(500));
    EXPECT_EQ(counted.percentile(99), nanoseconds(990));
    EXPECT_EQ(counted.percentile(99.9), nanoseconds(999));
    EXPECT_EQ(counted.percentile(99.91), nanoseconds(1000));
    EXPECT_EQ(counted.mean(), nanoseconds(501));  // 500.5
}

TEST(Histogram, MergedIsTheSameAsRecordedTogether) {
    histogram both, a, b;
    for (int i = 0; i < 5000; ++i) {
        const auto value = microseconds(i * i % 7919);
        both.record(value);
        (i % 3 == 0 ? a : b).record(value);
    }
    a.merge(b);
    EXPECT_EQ(a.count(), both.count());
    EXPECT_EQ(a.min(), both.min());
    EXPECT_EQ(a.max(), both.max());
    EXPECT_EQ(a.mean(), both.mean());
    for (double percent = 0; percent <= 100; percent += 0.5) {
        ASSERT_EQ(a.percentile(percent), both.percentile(percent));
    }
}

TEST(Histogram, MergedWithAnEmptyOneStaysAsItIs) {
    histogram one;
    one.record(microseconds(5));
    one.merge(histogram());
    EXPECT_EQ(one.min(), microseconds(5));
    EXPECT_EQ(one.count(), 1u);
}

TEST(Histogram, ComesBackFromItsBuckets) {
    histogram one, back;
    for (int i = 0; i < 500; ++i) one.record(microseconds(i * 37));
    ASSERT_TRUE(back.restore(one.buckets(), one.min(), one.max(), one.sum_ns()));
    EXPECT_EQ(back.count(), one.count());
    EXPECT_EQ(back.percentile(99), one.percentile(99));
    EXPECT_EQ(back.mean(), one.mean());
    EXPECT_EQ(back.min(), one.min());
}

TEST(Histogram, RefusesBucketsThatCannotBe) {
    histogram back;
    const histogram::bucket beyond[] = {{histogram::bucket_count(), 1}};
    EXPECT_FALSE(back.restore(beyond, {}, {}, 0));
    const auto most = std::numeric_limits<std::uint64_t>::max();
    const histogram::bucket too_many[] = {{1, most}, {2, 1}};
    EXPECT_FALSE(back.restore(too_many, {}, {}, 0));
    EXPECT_EQ(back.count(), 0u);
}

TEST(Histogram, CountsWhatLiesAboveAValue) {
    histogram one;
    for (int i = 1; i <= 10; ++i) one.record(microseconds(i * 100));
    EXPECT_EQ(one.count_above(microseconds(500)), 5u);
    EXPECT_EQ(one.count_above(microseconds(1000)), 0u);
    EXPECT_EQ(one.count_above(nanoseconds(0)), 10u);
}

TEST(Histogram, ClearedIsEmpty) {
    histogram one;
    one.record(microseconds(9));
    one.clear();
    EXPECT_EQ(one.count(), 0u);
    EXPECT_EQ(one.max(), nanoseconds(0));
    EXPECT_TRUE(one.buckets().empty());
}

}  // namespace
}  // namespace relayauth::load
