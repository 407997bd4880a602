#include "relayauth/load/result_charts.hpp"

#include "../mras/xmllint.hpp"
#include "made_result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace relayauth::load {
namespace {

using testing::HasSubstr;

TEST(ThroughputChart, HasPlannedGoodAndErrorsASecond) {
    result run;
    run.interval_length = std::chrono::seconds(2);
    run.time_line.resize(2);
    run.time_line[0] = {10, 8, 2, 0, {}};
    run.time_line[1] = {20, 20, 0, 0, {}};
    const auto chart = throughput_chart(run);
    ASSERT_EQ(chart.series.size(), 3u);
    EXPECT_EQ(chart.series[0].name, "planned");
    EXPECT_EQ(chart.series[0].points[0].y, 5);
    EXPECT_EQ(chart.series[1].points[2].y, 10);
    EXPECT_EQ(chart.series[1].points[3].x, 4);
    EXPECT_EQ(chart.series[2].points[0].y, 1);
    EXPECT_TRUE(chart.series[2].bars);
    EXPECT_EQ(chart.x.to, 4);
    EXPECT_EQ(chart.y.to, 10);
    EXPECT_EQ(chart.description,
              "Requests a second in 2 steps: planned up to 10.0, good from 4.00 to 10.0, errors "
              "up to 1.00.");
}

TEST(LatencyChart, HasAGapWhereNoAnswerCame) {
    const auto chart = latency_chart(made_result());
    ASSERT_EQ(chart.series.size(), 3u);
    for (const auto& each : chart.series) {
        ASSERT_EQ(each.points.size(), 120u);
        EXPECT_TRUE(std::isnan(each.points[2 * 32].y)) << each.name;
        EXPECT_FALSE(std::isnan(each.points[2 * 30].y)) << each.name;
    }
    EXPECT_EQ(chart.series[0].name, "max");
    EXPECT_GE(chart.series[0].points[0].y, chart.series[1].points[0].y);
    EXPECT_GE(chart.series[1].points[0].y, chart.series[2].points[0].y);
    EXPECT_EQ(chart.nothing, "");
}

TEST(PercentileChart, FollowsTheHistogramToItsLastValue) {
    result run;
    for (int i = 1; i <= 1000; ++i) run.latency.record(std::chrono::microseconds(i));
    const auto chart = percentile_chart(run);
    const auto& latency = chart.series[0].points;
    EXPECT_NEAR(latency.back().x, 3, 1e-9);
    EXPECT_EQ(latency.back().y, 1e6);
    for (const auto& each : latency) {
        const auto share = 1 - std::pow(10, -each.x);
        EXPECT_NEAR(each.y, std::max(1.0, share * 1000) * 1e3, 2e3) << each.x;
    }
    EXPECT_TRUE(chart.series[1].points.empty());
    EXPECT_THAT(chart.description, HasSubstr("Latency: p50 500 us, p90 900 us"));
}

TEST(Charts, OfNothingSayThatThereIsNothing) {
    EXPECT_EQ(throughput_chart(result()).nothing, "no time line");
    EXPECT_EQ(latency_chart(result()).nothing, "no answers");
    EXPECT_EQ(percentile_chart(result()).nothing, "no answers");
    EXPECT_EQ(latency_chart(failed_result()).nothing, "no answers");
}

TEST(Charts, OfALongRunStayDrawable) {
    const auto run = long_result();
    EXPECT_EQ(throughput_chart(run).series[0].points.size(), 2 * 1'200u);
    EXPECT_EQ(latency_chart(run).series[0].points.size(), 2 * 300u);
}

TEST(Charts, OfOneValueOnlyShowIt) {
    result run;
    run.latency.record(std::chrono::milliseconds(5));
    const auto points = percentile_chart(run).series[0].points;
    EXPECT_LT(points.front().x, points.back().x);
    EXPECT_EQ(points.back().y, 5e6);
}

TEST(PercentileSvg, IsWellFormedXmlWhateverTheResult) {
    const std::vector<std::string> files = {
        percentile_svg(made_result()), percentile_svg(long_result()),
        percentile_svg(failed_result()), percentile_svg(slow_result()), percentile_svg(result())};
    EXPECT_EQ(mras::accepted_by_xmllint(files, "percentile_svg", false),
              std::vector<bool>(files.size(), true));
}

TEST(Charts, InAPageAreWellFormedXmlToo) {
    std::vector<std::string> drawn;
    for (const auto& run : {made_result(), failed_result(), slow_result(), result()}) {
        for (const auto& chart :
             {throughput_chart(run), latency_chart(run), percentile_chart(run)}) {
            drawn.push_back(draw(chart));
            EXPECT_EQ(drawn.back().find("nan"), std::string::npos);
            EXPECT_EQ(drawn.back().find("inf"), std::string::npos);
        }
    }
    EXPECT_EQ(mras::accepted_by_xmllint(drawn, "charts", false),
              std::vector<bool>(drawn.size(), true));
}

}  // namespace
}  // namespace relayauth::load
