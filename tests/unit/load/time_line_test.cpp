#include "relayauth/load/time_line.hpp"

#include <gtest/gtest.h>

namespace relayauth::load {
namespace {

using namespace std::chrono_literals;

result run_of(std::size_t intervals) {
    result run;
    run.interval_length = 2s;
    run.time_line.resize(intervals);
    for (std::size_t i = 0; i < intervals; ++i) {
        run.time_line[i].planned = 10 + i;
        run.time_line[i].good = i;
        run.time_line[i].errors = 1;
        run.time_line[i].handshakes = 2;
        run.time_line[i].latency[5] = i;
    }
    return run;
}

TEST(TimeSteps, AreTheIntervalsWhereThereIsRoom) {
    const auto steps = time_steps(run_of(3), 3);
    ASSERT_EQ(steps.size(), 3u);
    EXPECT_EQ(steps[1].from.count(), 2);
    EXPECT_EQ(steps[1].to.count(), 4);
    EXPECT_EQ(steps[1].counted.planned, 11u);
    EXPECT_EQ(steps[1].a_second(11), 5.5);
}

TEST(TimeSteps, AddIntervalsUpWhereThereIsNoRoom) {
    const auto steps = time_steps(run_of(5), 3);
    ASSERT_EQ(steps.size(), 3u);
    EXPECT_EQ(steps[0].counted.planned, 21u);
    EXPECT_EQ(steps[1].counted.good, 5u);
    EXPECT_EQ(steps[1].counted.errors, 2u);
    EXPECT_EQ(steps[1].counted.handshakes, 4u);
    EXPECT_EQ(steps[1].counted.latency.at(5), 5u);
    // The last has one interval only, and its rate is by its own length.
    EXPECT_EQ(steps[2].from.count(), 8);
    EXPECT_EQ(steps[2].to.count(), 10);
    EXPECT_EQ(steps[2].a_second(steps[2].counted.planned), 7);
}

TEST(TimeSteps, OfNothingAreNone) {
    EXPECT_TRUE(time_steps(result(), 100).empty());
    EXPECT_EQ(time_step().a_second(5), 0);
}

TEST(StepPercentile, IsTheUpperEndOfItsBucket) {
    interval step;
    EXPECT_EQ(percentile(step, 50), 0ns);
    step.latency = {{100, 98}, {200, 1}, {300, 1}};
    const auto end = [](std::size_t coarse) {
        return histogram::upper_end((coarse + 1) * time_line_coarseness - 1);
    };
    EXPECT_EQ(percentile(step, 0), end(100));
    EXPECT_EQ(percentile(step, 98), end(100));
    EXPECT_EQ(percentile(step, 99), end(200));
    EXPECT_EQ(percentile(step, 99.1), end(300));
    EXPECT_EQ(percentile(step, 100), end(300));
}

TEST(StepPercentile, TakesNoNoticeOfEmptyBuckets) {
    interval step;
    step.latency = {{1, 0}, {2, 0}};
    EXPECT_EQ(percentile(step, 0), 0ns);
    EXPECT_EQ(percentile(step, 100), 0ns);
}

}  // namespace
}  // namespace relayauth::load
