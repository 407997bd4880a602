// What a recorder tells while it runs, and how finely it draws its time line.
#include "relayauth/load/recorder.hpp"

#include <gtest/gtest.h>

namespace relayauth::load {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

flight planned_at(moment planned) {
    flight made;
    made.planned = made.sent = planned;
    return made;
}

TEST(SecondOfRun, HasWhatWasRecordedSinceTheLastOneTheWarmUpIncluded) {
    options chosen;
    chosen.warm_up = seconds(2);
    recorder one(chosen);
    one.resolve(planned_at(seconds(0)), outcome::good, {}, milliseconds(5));
    one.resolve(planned_at(seconds(0)), outcome::late, {}, milliseconds(6));
    one.resolve(planned_at(seconds(0)), outcome::lost, {}, milliseconds(7));
    one.happened(incident::repeated, seconds(0));
    one.happened(incident::reordered, seconds(0));
    second_of_run told;
    one.take_second(told);
    EXPECT_EQ(told.good + told.errors, 0u) << "it has not been finished";
    one.finish_second();
    one.take_second(told);
    EXPECT_EQ(told.good, 1u);
    EXPECT_EQ(told.errors, 3u);
    EXPECT_EQ(told.latency.count(), 2u);
    EXPECT_EQ(told.latency.max(), milliseconds(6));
}

TEST(SecondOfRun, AddsUpUntilItIsTakenAndIsThenGone) {
    recorder one{options()};
    for (int i = 0; i < 2; ++i) {
        one.resolve(planned_at(seconds(1)), outcome::good, {}, seconds(2));
        one.finish_second();
    }
    second_of_run told;
    told.good = 5;  // of another thread
    told.latency.record(milliseconds(1));
    one.take_second(told);
    EXPECT_EQ(told.good, 7u);
    EXPECT_EQ(told.latency.count(), 3u);
    one.finish_second();
    one.take_second(told);
    EXPECT_EQ(told.good, 7u);
    EXPECT_EQ(told.latency.count(), 3u);
}

nanoseconds step_of(nanoseconds duration) {
    options chosen;
    chosen.duration = duration;
    return recorder(chosen).take().interval_length;
}

TEST(TimeLine, HasStepsOfWholeSecondsAndAtMost1200) {
    EXPECT_EQ(step_of(milliseconds(500)), seconds(1));
    EXPECT_EQ(step_of(seconds(1)), seconds(1));
    EXPECT_EQ(step_of(seconds(1200)), seconds(1));
    EXPECT_EQ(step_of(seconds(1200) + nanoseconds(1)), seconds(2));
    EXPECT_EQ(step_of(seconds(2400)), seconds(2));
    EXPECT_EQ(step_of(seconds(2401)), seconds(3));
    EXPECT_EQ(step_of(max_duration), seconds(504));
}

TEST(TimeLine, EndsWithTheRun) {
    for (const auto duration :
         {nanoseconds(1), nanoseconds(milliseconds(500)), nanoseconds(seconds(1200)),
          nanoseconds(seconds(1201)), nanoseconds(max_duration)}) {
        options chosen;
        chosen.duration = duration;
        recorder one(chosen);
        one.resolve(planned_at(chosen.warm_up), outcome::good, {},
                    chosen.warm_up + duration - nanoseconds(1));
        const auto all = one.take();
        EXPECT_LE(all.time_line.size(), 1200u);
        const auto steps = static_cast<std::int64_t>(all.time_line.size());
        EXPECT_GE(steps * all.interval_length, duration);
        EXPECT_LT((steps - 1) * all.interval_length, duration);
        EXPECT_EQ(all.time_line.front().planned, 1u);
        EXPECT_EQ(all.time_line.back().good, 1u);
    }
}

// What has no length has no step either.
TEST(TimeLine, BearsARunWithoutALength) {
    options chosen;
    chosen.duration = nanoseconds(0);
    recorder one(chosen);
    one.resolve(planned_at(chosen.warm_up), outcome::good, {}, seconds(9));
    EXPECT_TRUE(one.take().time_line.empty());
}

}  // namespace
}  // namespace relayauth::load
