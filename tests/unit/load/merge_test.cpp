#include "relayauth/load/merge.hpp"

#include "relayauth/load/result_json.hpp"

#include "made_result.hpp"

#include <gtest/gtest.h>

namespace relayauth::load {
namespace {

using namespace std::chrono_literals;
using pairs = std::vector<std::pair<std::string, std::string>>;

result merged(std::vector<named_result> runs) {
    auto done = merge(runs);
    EXPECT_TRUE(done) << (done ? "" : done.error());
    return done ? *done : result();
}

// What `count` machines, or one, would have recorded of the same answers.
void record(result& run, int i) {
    run.time_line.resize(10);
    ++run.counts[i % 7 == 0 ? outcome::refused : outcome::good];
    if (i % 7 == 0) ++run.counts.refused_by["Server Busy"];
    ++run.counts[incident::connected];
    const std::chrono::microseconds took(i * i % 7919);
    run.latency.record(took);
    run.service.record(took / 2);
    run.handshake.record(took * 3);
    run.self.lag.record(took / 9);
    ++run.self.sent_late;
    ++run.warm_up_requests;
    auto& step = run.time_line[static_cast<std::size_t>(i % 10)];
    ++step.planned;
    ++step.good;
    ++step.latency[static_cast<std::uint32_t>(histogram::index_of(took)) / time_line_coarseness];
}

TEST(Merge, IsTheSameAsRecordedTogether) {
    result both, a, b;
    both.measured = a.measured = b.measured = 10s;
    for (int i = 0; i < 5'000; ++i) {
        record(both, i);
        record(i % 3 == 0 ? a : b, i);
    }
    EXPECT_EQ(write_json(merged({{"a", a}, {"b", b}})), write_json(both));
}

TEST(Merge, OfOneLeavesItAsItIs) {
    EXPECT_EQ(write_json(merged({{"a", made_result()}})), write_json(made_result()));
}

TEST(Merge, OfNoneIsRefused) {
    EXPECT_EQ(merge({}).error(), "there is no result to show");
}

TEST(Merge, AddsUpTheRatesOfRunsSideBySide) {
    result a, b;
    a.measured = 10s;
    a.counts[outcome::good] = a.good_in_time = 100;
    b.measured = 9s;
    b.counts[outcome::good] = b.good_in_time = 50;
    EXPECT_EQ(merged({{"a", a}, {"b", b}}).rate(), 15);
}

TEST(Merge, TakesTheStateOfTheWorstGenerator) {
    result a, b;
    a.self.cpu_share = 0.9;
    a.self.longest_stall = 1ms;
    b.self.cpu_share = 0.2;
    b.self.waited_share = 0.3;
    b.self.longest_stall = 5ms;
    b.self.out_of_ports = 2;
    b.behind = 3s;
    const auto both = merged({{"a", a}, {"b", b}});
    EXPECT_EQ(both.self.cpu_share, 0.9);
    EXPECT_EQ(both.self.waited_share, 0.3);
    EXPECT_EQ(both.self.longest_stall, 5ms);
    EXPECT_EQ(both.self.out_of_ports, 2u);
    EXPECT_EQ(both.behind, 3s);
}

TEST(Merge, AlignsTimeLinesByTheirSteps) {
    result a, b;
    a.time_line.resize(1);
    a.time_line[0].planned = 5;
    b.time_line.resize(2);
    b.time_line[0].planned = 1;
    b.time_line[1].planned = 2;
    const auto both = merged({{"a", a}, {"b", b}});
    ASSERT_EQ(both.time_line.size(), 2u);
    EXPECT_EQ(both.time_line[0].planned, 6u);
    EXPECT_EQ(both.time_line[1].planned, 2u);
}

TEST(Merge, RefusesTimeLinesOfOtherSteps) {
    result a, b;
    b.interval_length = 1500ms;
    EXPECT_EQ(merge(std::vector<named_result>{{"a.json", a}, {"b.json", b}}).error(),
              "b.json has a time line of steps of 1.5 s and a.json one of 1.0 s: merge runs of the "
              "same length only");
}

TEST(Merge, RefusesAClosedLoopBesideAnOpenOne) {
    result open, closed;
    closed.closed_loop = true;
    const std::string words =
        "c is a closed loop and o is none, so their latencies do not mean the same: report them "
        "apart";
    EXPECT_EQ(merge(std::vector<named_result>{{"o", open}, {"c", closed}}).error(), words);
    EXPECT_EQ(merge(std::vector<named_result>{{"c", closed}, {"o", open}}).error(), words);
}

TEST(Merge, ListsOptionsThatDiffer) {
    result a, b, c;
    a.options = {{"--rate", "1000"}, {"--tcp", "on"}, {"--server", "x"}};
    b.options = {{"--rate", "2000"}, {"--server", "x"}, {"--late", "1s"}};
    c.options = {{"--rate", "1000"}, {"--server", "x"}};
    EXPECT_EQ(merged({{"a", a}, {"b", b}, {"c", c}}).options,
              (pairs{{"--rate", "1000 | 2000"},
                     {"--tcp", "on | (not given)"},
                     {"--server", "x"},
                     {"--late", "(not given) | 1s"}}));
}

TEST(Merge, SaysOfAFlagThatItWasGiven) {
    result with, without;
    with.options = {{"--quiet", ""}};
    EXPECT_EQ(merged({{"a", with}, {"b", with}}).options, (pairs{{"--quiet", ""}}));
    EXPECT_EQ(merged({{"a", with}, {"b", without}, {"c", with}}).options,
              (pairs{{"--quiet", "(given) | (not given)"}}));
    EXPECT_EQ(merged({{"a", without}, {"b", with}, {"c", with}}).options,
              (pairs{{"--quiet", "(not given) | (given)"}}));
}

TEST(Merge, SaysWhichRunHadNoGoals) {
    result with, without;
    with.goals = "p99<1ms";
    EXPECT_EQ(merged({{"a", without}, {"b", without}}).goals, "");
    EXPECT_EQ(merged({{"a", with}, {"b", without}}).goals, "p99<1ms | (none)");
    EXPECT_EQ(merged({{"a", without}, {"b", with}, {"c", without}}).goals, "(none) | p99<1ms");
}

TEST(Merge, ListsGoalsThatDifferAndEachMachineOnce) {
    result a, b;
    a.goals = "p99<1ms";
    b.goals = "p99<2ms";
    a.machines = {{{"host", "a"}}};
    b.machines = {{{"host", "b"}}};
    a.started = std::chrono::sys_seconds(20s);
    b.started = std::chrono::sys_seconds(10s);
    b.tls = true;
    const auto both = merged({{"a", a}, {"b", b}, {"a", a}});
    EXPECT_EQ(both.goals, "p99<1ms | p99<2ms");
    EXPECT_EQ(both.machines.size(), 2u);
    EXPECT_EQ(both.started, std::chrono::sys_seconds(10s));
    EXPECT_TRUE(both.tls);
}

TEST(Merge, HasTheWorstVerdictAndSaysWhoseEachReasonIs) {
    result a, b, c;
    a.verdict = {verdict_kind::missed, {"p99"}};
    b.verdict = {verdict_kind::faulty, {"swapped", "wrong"}};
    const auto all = merged({{"a", a}, {"b", b}, {"c", c}}).verdict;
    EXPECT_EQ(all.kind, verdict_kind::faulty);
    EXPECT_EQ(all.reasons, (std::vector<std::string>{"b: swapped", "b: wrong", "a: p99"}));
}

TEST(Merge, AddsUpSamplesAndSaysWhoseProblemItWas) {
    result a, b;
    a.sample = {10, {{"expired", 1}}, "cut"};
    b.sample = {20, {{"expired", 2}}, "no rpc"};
    const auto both = merged({{"a", a}, {"b", b}}).sample;
    EXPECT_EQ(both.validated, 30u);
    EXPECT_EQ(both.refused_by.at("expired"), 3u);
    EXPECT_EQ(both.problem, "a: cut; b: no rpc");
}

}  // namespace
}  // namespace relayauth::load
