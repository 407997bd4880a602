#include "relayauth/server/histogram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

namespace relayauth::server {
namespace {

constexpr std::array<double, 3> bounds = {-1, 0.5, 2};

std::vector<std::uint64_t> counts_of(const histogram& one) {
    histogram::reading sums;
    one.add_to(sums);
    return {sums.counts.begin(), sums.counts.begin() + 4};
}

TEST(Histogram, CountsAValueUnderTheFirstBoundThatItDoesNotExceed) {
    histogram one(bounds);
    for (const double each : {-1.5, -1.0, -0.9, 0.5, 0.6, 2.0, 2.1, 1e300}) one.add(each);
    EXPECT_EQ(counts_of(one), (std::vector<std::uint64_t>{2, 2, 2, 2}));
}

TEST(Histogram, CountsOneValueAsOftenAsItIsTold) {
    histogram one(bounds);
    one.add(0.25, 4);
    one.add(0.25, 0);
    histogram::reading sums;
    one.add_to(sums);
    EXPECT_EQ(sums.counts[1], 4u);
    EXPECT_DOUBLE_EQ(sums.sum, 1.0);
}

TEST(Histogram, AddsUpWithOthersInOneReading) {
    histogram one(bounds), other(bounds);
    one.add(-3);
    other.add(5, 2);
    histogram::reading sums;
    one.add_to(sums);
    other.add_to(sums);
    EXPECT_EQ(sums.counts[0], 1u);
    EXPECT_EQ(sums.counts[3], 2u);
    EXPECT_DOUBLE_EQ(sums.sum, 7.0);
}

TEST(Histogram, HoldsNoMoreBoundsThanItHasRoomFor) {
    std::vector<double> many(histogram::most_bounds + 5);
    for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<double>(i);
    histogram one(many);
    EXPECT_EQ(one.bounds().size(), histogram::most_bounds);
    one.add(std::numeric_limits<double>::max());
    histogram::reading sums;
    one.add_to(sums);
    EXPECT_EQ(sums.counts[histogram::most_bounds], 1u);
}

TEST(Histogram, ItsFixedBoundsRiseAndFit) {
    EXPECT_TRUE(std::ranges::is_sorted(latency_bounds, std::ranges::less_equal()));
    EXPECT_TRUE(std::ranges::is_sorted(clock_offset_bounds, std::ranges::less_equal()));
    EXPECT_EQ(histogram(latency_bounds).bounds().size(), latency_bounds.size());
    EXPECT_EQ(histogram(clock_offset_bounds).bounds().size(), clock_offset_bounds.size());
}

}  // namespace
}  // namespace relayauth::server
