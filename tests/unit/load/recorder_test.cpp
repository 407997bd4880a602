#include "relayauth/load/recorder.hpp"

#include "relayauth/load/verdict.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace relayauth::load {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

// A warm-up of 2 s and then 10 s that count.
options usual() {
    options chosen;
    chosen.warm_up = seconds(2);
    chosen.duration = seconds(10);
    return chosen;
}

flight planned_at(moment planned, moment sent) {
    flight made;
    made.planned = planned;
    made.sent = sent;
    return made;
}

flight planned_at(moment planned) {
    return planned_at(planned, planned);
}

std::uint64_t sum_of(const std::map<std::uint32_t, std::uint64_t>& counts) {
    std::uint64_t sum = 0;
    for (const auto& [bucket, count] : counts) sum += count;
    return sum;
}

TEST(Recorder, LeavesOutWhatWasPlannedInTheWarmUpAndCountsIt) {
    recorder one(usual());
    EXPECT_FALSE(one.is_measured(seconds(2) - nanoseconds(1)));
    EXPECT_TRUE(one.is_measured(seconds(2)));
    one.resolve(planned_at(seconds(1)), outcome::good, {}, seconds(3));
    one.resolve(planned_at(seconds(1)), outcome::refused, "busy", seconds(3));
    one.resolve(planned_at(seconds(1)), outcome::wrong, "CSeq", seconds(3));
    one.unsent(seconds(2) - nanoseconds(1));
    const auto all = one.take();
    EXPECT_EQ(all.warm_up_requests, 4u);
    EXPECT_EQ(all.warm_up_errors, 3u);
    EXPECT_EQ(all.counts.planned(), 0u);
    EXPECT_TRUE(all.counts.refused_by.empty() && all.counts.wrong_by.empty());
    EXPECT_EQ(all.latency.count() + all.service.count(), 0u);
    for (const auto& step : all.time_line) EXPECT_EQ(step.planned + step.good + step.errors, 0u);
}

TEST(Recorder, GivesEachRequestOneOutcome) {
    recorder one(usual());
    for (std::size_t i = 0; i < outcome_count; ++i) {
        one.resolve(planned_at(seconds(3)), outcome(i), "word", seconds(4));
    }
    const auto all = one.take();
    for (std::size_t i = 0; i < outcome_count; ++i) EXPECT_EQ(all.counts[outcome(i)], 1u) << i;
    EXPECT_EQ(all.counts.planned(), outcome_count);
    EXPECT_EQ(all.warm_up_requests, 0u);
    EXPECT_EQ(all.counts.refused_by, (std::map<std::string, std::uint64_t>{{"word", 1}}));
    EXPECT_EQ(all.counts.wrong_by, (std::map<std::string, std::uint64_t>{{"word", 1}}));
}

TEST(Recorder, PutsRequestsWhereTheyWerePlannedAndAnswersWhereTheyCame) {
    recorder one(usual());
    one.resolve(planned_at(seconds(2)), outcome::good, {}, milliseconds(2'999));
    one.resolve(planned_at(milliseconds(2'999)), outcome::good, {}, seconds(3));
    one.resolve(planned_at(seconds(3)), outcome::lost, {}, seconds(5));
    const auto all = one.take();
    EXPECT_EQ(all.interval_length, seconds(1));
    ASSERT_GE(all.time_line.size(), 4u);
    EXPECT_EQ(all.time_line[0].planned, 2u);
    EXPECT_EQ(all.time_line[0].good, 1u);
    EXPECT_EQ(all.time_line[1].planned, 1u);
    EXPECT_EQ(all.time_line[1].good, 1u);
    EXPECT_EQ(all.time_line[3].planned, 0u);
    EXPECT_EQ(all.time_line[3].errors, 1u);
}

// Else the last second of an overloaded run would have all the answers that it was late with.
TEST(Recorder, PutsAnswersBehindTheEndInNoStepAndNoRate) {
    recorder one(usual());
    one.resolve(planned_at(seconds(12) - nanoseconds(1)), outcome::good, {}, seconds(14));
    const auto all = one.take();
    ASSERT_EQ(all.time_line.size(), 10u);
    EXPECT_EQ(all.time_line[9].planned, 1u);
    EXPECT_EQ(all.time_line[9].good, 0u);
    EXPECT_EQ(all.counts[outcome::good], 1u);
    EXPECT_EQ(all.good_in_time, 0u);
    EXPECT_EQ(all.latency.count(), 1u);
}

TEST(Recorder, CountsLatencyFromThePlanAndServiceFromTheSend) {
    recorder one(usual());
    one.resolve(planned_at(seconds(3), milliseconds(3'200)), outcome::good, {},
                milliseconds(3'500));
    const auto all = one.take();
    EXPECT_EQ(all.latency.max(), milliseconds(500));
    EXPECT_EQ(all.service.max(), milliseconds(300));
    EXPECT_EQ(all.latency.count(), 1u);
    ASSERT_EQ(all.time_line.size(), 2u);
    const auto bucket = histogram::index_of(milliseconds(500)) / time_line_coarseness;
    EXPECT_EQ(all.time_line[1].latency,
              (std::map<std::uint32_t, std::uint64_t>{{static_cast<std::uint32_t>(bucket), 1}}));
}

TEST(Recorder, CountsAClosedLoopsLatencyFromTheSend) {
    auto chosen = usual();
    chosen.closed = true;
    recorder one(chosen);
    one.resolve(planned_at(seconds(3), milliseconds(3'200)), outcome::good, {},
                milliseconds(3'500));
    const auto all = one.take();
    EXPECT_TRUE(all.closed_loop);
    EXPECT_EQ(all.latency.max(), milliseconds(300));
    EXPECT_EQ(all.service.max(), milliseconds(300));
}

TEST(Recorder, TimesRightAnswersOnlyLateOnesIncluded) {
    recorder one(usual());
    for (std::size_t i = 0; i < outcome_count; ++i) {
        one.resolve(planned_at(seconds(3)), outcome(i), "word", seconds(4));
    }
    const auto all = one.take();
    EXPECT_EQ(all.latency.count(), 2u);
    EXPECT_EQ(all.service.count(), 2u);
    EXPECT_EQ(sum_of(all.time_line.at(2).latency), 2u);
    EXPECT_EQ(all.time_line[2].good, 1u);
    EXPECT_EQ(all.time_line[2].errors, outcome_count - 1);
}

TEST(Recorder, CountsWhatWasNeverSentWhereItWasPlanned) {
    recorder one(usual());
    one.unsent(seconds(2));
    one.unsent(milliseconds(4'500));
    const auto all = one.take();
    EXPECT_EQ(all.counts[outcome::unsent], 2u);
    ASSERT_EQ(all.time_line.size(), 3u);
    EXPECT_EQ(all.time_line[0].planned, 1u);
    EXPECT_EQ(all.time_line[0].errors, 1u);
    EXPECT_EQ(all.time_line[2].planned, 1u);
    EXPECT_EQ(all.time_line[2].good, 0u);
}

// A fault is one whenever it happens, and connections are made before a run begins.
TEST(Recorder, CountsIncidentsInTheWarmUpToo) {
    recorder one(usual());
    one.happened(incident::connected, moment(-5));
    one.happened(incident::unasked, seconds(1));
    one.happened(incident::repeated, seconds(3));
    one.happened(incident::reordered, seconds(3));
    const auto all = one.take();
    EXPECT_EQ(all.counts[incident::connected], 1u);
    EXPECT_EQ(all.counts[incident::unasked], 1u);
    EXPECT_EQ(all.counts[incident::repeated], 1u);
    EXPECT_EQ(all.counts.errors(), 2u);
    ASSERT_EQ(all.time_line.size(), 2u);
    EXPECT_EQ(all.time_line[0].errors, 1u);
    EXPECT_EQ(all.time_line[1].errors, 1u) << "to overtake is no error";
}

TEST(Recorder, CountsHandshakesInTheMeasuredTimeOnly) {
    auto chosen = usual();
    chosen.handshake_per_request = true;
    recorder one(chosen);
    const auto last = seconds(12) - nanoseconds(1);
    for (const auto at : {moment(0), seconds(2) - nanoseconds(1), moment(seconds(12))}) {
        one.handshake_done(milliseconds(50), true, at);
    }
    one.handshake_done(milliseconds(3), false, seconds(2));
    one.handshake_done(milliseconds(4), true, last);
    const auto all = one.take();
    EXPECT_EQ(all.counts[incident::handshakes], 2u);
    EXPECT_EQ(all.counts[incident::resumed], 1u);
    EXPECT_EQ(all.handshake.count(), 2u);
    EXPECT_EQ(all.handshake.max(), milliseconds(4));
    ASSERT_EQ(all.time_line.size(), 10u);
    EXPECT_EQ(all.time_line[0].handshakes, 1u);
    EXPECT_EQ(all.time_line[9].handshakes, 1u);
}

// Without a handshake for each request the only ones are those before the run.
TEST(Recorder, TimesTheHandshakesOfARunsOwnConnectionsWithoutCountingThem) {
    recorder one(usual());
    one.handshake_done(milliseconds(5), false, moment(-1));
    const auto all = one.take();
    EXPECT_EQ(all.handshake.count(), 1u);
    EXPECT_EQ(all.counts[incident::handshakes], 0u);
}

TEST(Recorder, CountsAsLateWhatLeftOverTheLimitAfterItCould) {
    recorder one(usual());
    one.sent(seconds(2), late_by - nanoseconds(1));
    one.sent(seconds(2), late_by);
    one.sent(seconds(2), late_by + nanoseconds(1));
    one.sent(seconds(2) - nanoseconds(1), seconds(1));  // in the warm-up
    const auto all = one.take();
    EXPECT_EQ(all.self.sent_late, 1u);
    EXPECT_EQ(all.self.lag.count(), 3u);
    EXPECT_EQ(all.self.lag.max(), late_by + nanoseconds(1));
}

TEST(Recorder, KeepsItsLongestStallOfTheMeasuredTime) {
    recorder one(usual());
    one.stalled(seconds(1), seconds(2) - nanoseconds(1));
    one.stalled(milliseconds(7), seconds(2));
    one.stalled(milliseconds(9), seconds(5));
    one.stalled(milliseconds(8), seconds(6));
    EXPECT_EQ(one.take().self.longest_stall, milliseconds(9));
}

TEST(Recorder, HandsOnWhatItIsTold) {
    auto chosen = usual();
    chosen.server.tls = false;
    recorder one(chosen);
    one.out_of_ports();
    one.out_of_ports();
    one.used_processor(0.25, 0.1);
    one.ended(seconds(9), milliseconds(3));
    const auto all = one.take();
    EXPECT_EQ(all.self.out_of_ports, 2u);
    EXPECT_EQ(all.self.cpu_share, 0.25);
    EXPECT_EQ(all.self.waited_share, 0.1);
    EXPECT_EQ(all.measured, seconds(9));
    EXPECT_EQ(all.behind, milliseconds(3));
    EXPECT_FALSE(all.tls);
    EXPECT_FALSE(all.closed_loop);
    EXPECT_TRUE(recorder(usual()).take().tls);
}

}  // namespace
}  // namespace relayauth::load
