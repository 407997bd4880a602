#include "relayauth/load/chart_axis.hpp"

#include <gtest/gtest.h>

#include <set>

namespace relayauth::load {
namespace {

std::string labels_of(const chart_axis& axis) {
    std::string all;
    for (const auto& each : axis.ticks) all += (all.empty() ? "" : " ") + each.label;
    return all;
}

TEST(RateAxis, EndsAtARoundNumberThatIsNotBelow) {
    EXPECT_EQ(labels_of(rate_axis(5'000)), "0 1,000 2,000 3,000 4,000 5,000");
    EXPECT_EQ(labels_of(rate_axis(5'001)), "0 2,000 4,000 6,000");
    EXPECT_EQ(labels_of(rate_axis(14'000)), "0 5,000 10,000 15,000");
    EXPECT_EQ(labels_of(rate_axis(0)), "0 0.2 0.4 0.6 0.8 1");
    EXPECT_EQ(labels_of(rate_axis(250'000)), "0 50,000 100k 150k 200k 250k");
    EXPECT_EQ(labels_of(rate_axis(2'400'000)), "0 500k 1M 1.5M 2M 2.5M");
}

TEST(RateAxis, HasFewAndShortLabelsAtAnySize) {
    for (double most = 0.01; most < 1e12; most *= 1.07) {
        const auto axis = rate_axis(most);
        EXPECT_GE(axis.to, most * (1 - 1e-9));
        EXPECT_GE(axis.ticks.size(), 3u) << most;
        EXPECT_LE(axis.ticks.size(), 6u) << most;
        for (const auto& each : axis.ticks) EXPECT_LE(each.label.size(), 6u) << each.label;
    }
}

TEST(TimeAxis, HasTheUnitThatSuits) {
    EXPECT_EQ(labels_of(time_axis(60)), "0 10 20 30 40 50 60");
    EXPECT_EQ(time_axis(60).title, "seconds since the start");
    EXPECT_EQ(labels_of(time_axis(1'200)), "0 5 10 15 20");
    EXPECT_EQ(time_axis(1'200).title, "minutes since the start");
    EXPECT_EQ(time_axis(1'200).ticks[1].at, 300);
    EXPECT_EQ(labels_of(time_axis(36'000)), "0 2 4 6 8 10");
    EXPECT_EQ(time_axis(36'000).title, "hours since the start");
    EXPECT_EQ(labels_of(time_axis(1)), "0 0.2 0.4 0.6 0.8 1");
    EXPECT_EQ(time_axis(0).from, 0);
    EXPECT_GT(time_axis(0).to, 0);
}

TEST(LatencyAxis, NamesPowersOfTenAndWhatLiesBetweenWhereThereIsRoom) {
    EXPECT_EQ(labels_of(latency_axis(230e3, 1.9e6)), "200 \xC2\xB5s 500 \xC2\xB5s 1 ms 2 ms");
    EXPECT_EQ(labels_of(latency_axis(90e3, 1.9e9)), "100 \xC2\xB5s 1 ms 10 ms 100 ms 1 s");
    EXPECT_EQ(labels_of(latency_axis(1e6, 1e6)), "1 ms 2 ms");
}

TEST(LatencyAxis, HoldsItsValuesAndFewTicks) {
    for (double least = 1; least < 1e10; least *= 3.3) {
        for (double most = least; most < 1e11; most *= 2.7) {
            const auto axis = latency_axis(least, most);
            EXPECT_GE(axis.to, most * (1 - 1e-9));
            EXPECT_TRUE(axis.from <= least * (1 + 1e-9) || most / axis.from > 9e7);
            EXPECT_GE(axis.ticks.size(), 2u) << least << ' ' << most;
            EXPECT_LE(axis.ticks.size(), 11u) << least << ' ' << most;
        }
    }
    EXPECT_EQ(latency_axis(0, 0).from, 1);
}

TEST(PercentileAxis, GoesAsFarAsTheValuesTellAnything) {
    EXPECT_EQ(labels_of(percentile_axis(0)), "0 90 99");
    EXPECT_EQ(labels_of(percentile_axis(10'000)), "0 90 99 99.9 99.99");
    EXPECT_EQ(labels_of(percentile_axis(1e12)), "0 90 99 99.9 99.99 99.999 99.9999");
    EXPECT_NEAR(percentile_place(0.9), 1, 1e-9);
    EXPECT_NEAR(percentile_place(0.999), 3, 1e-9);
    EXPECT_EQ(percentile_place(0), 0);
    EXPECT_LT(percentile_place(1), 13);
}

TEST(ChartAxis, PutsValuesInTheirPlace) {
    chart_axis axis;
    axis.to = 4;
    EXPECT_EQ(axis.share(1), 0.25);
    EXPECT_EQ(axis.share(-1), 0);
    EXPECT_EQ(axis.share(9), 1);
    axis.from = 1;
    axis.to = 10'000;
    axis.logarithmic = true;
    EXPECT_NEAR(axis.share(100), 0.5, 1e-9);
    EXPECT_EQ(axis.share(0), 0);
}

}  // namespace
}  // namespace relayauth::load
