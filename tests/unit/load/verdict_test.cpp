#include "relayauth/load/verdict.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::load {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// 10,000 requests in 10 s, all good in 1 ms.
result good_run() {
    result run;
    run.measured = seconds(10);
    run.counts[outcome::good] = run.good_in_time = 10'000;
    for (int i = 0; i < 10'000; ++i) {
        run.latency.record(milliseconds(1));
        run.service.record(milliseconds(1));
        run.self.lag.record(nanoseconds(100));
    }
    return run;
}

std::vector<goal> goals(std::string_view text) {
    return *parse_goals(text);
}

verdict_kind kind(const result& run, const std::vector<goal>& expected = {}) {
    const auto judged = judge(run, expected);
    EXPECT_TRUE(judged.kind == verdict_kind::good || !judged.reasons.empty());
    return judged.kind;
}

TEST(Verdict, IsGoodWhenEveryAnswerWas) {
    EXPECT_EQ(kind(good_run()), verdict_kind::good);
    EXPECT_EQ(kind(good_run(), goals("p99<2ms,errors<1,rate>95%")), verdict_kind::good);
}

TEST(Verdict, IsVoidWhenAThreadHadToWaitForAProcessor) {
    auto run = good_run();
    run.self.cpu_share = 0.05;
    run.self.waited_share = busiest_thread - 0.06;
    EXPECT_EQ(kind(run), verdict_kind::good);
    run.self.waited_share = busiest_thread - 0.04;
    ASSERT_EQ(kind(run), verdict_kind::invalid);
    EXPECT_THAT(judge(run, {}).reasons.front(), HasSubstr("had to wait for a processor 91 %"));
}

TEST(Verdict, IsVoidWhenOverAHundredthWasSentLate) {
    auto run = good_run();
    run.self.sent_late = 99;
    EXPECT_EQ(kind(run), verdict_kind::good);
    run.self.sent_late = 100;
    EXPECT_EQ(kind(run), verdict_kind::good);
    run.self.sent_late = 101;
    EXPECT_EQ(kind(run), verdict_kind::invalid);
}

TEST(Verdict, IsVoidWhenTheGeneratorStoodStillTooLong) {
    auto run = good_run();
    run.self.longest_stall = longest_own_stall - nanoseconds(1);
    EXPECT_EQ(kind(run), verdict_kind::good);
    run.self.longest_stall = longest_own_stall;
    EXPECT_EQ(kind(run), verdict_kind::invalid);
    run.self.longest_stall = longest_own_stall + nanoseconds(1);
    EXPECT_EQ(kind(run), verdict_kind::invalid);
}

TEST(Verdict, IsVoidWhenAThreadWasTooBusy) {
    auto run = good_run();
    run.self.cpu_share = busiest_thread - 0.001;
    EXPECT_EQ(kind(run), verdict_kind::good);
    run.self.cpu_share = busiest_thread;
    EXPECT_EQ(kind(run), verdict_kind::good);
    run.self.cpu_share = busiest_thread + 0.001;
    EXPECT_EQ(kind(run), verdict_kind::invalid);
}

TEST(Verdict, IsVoidWhenLocalPortsRanOut) {
    auto run = good_run();
    run.self.out_of_ports = 1;
    EXPECT_EQ(kind(run), verdict_kind::invalid);
}

TEST(Verdict, IsFaultyWhenTheServerAnsweredWrongly) {
    for (const auto what : {outcome::wrong, outcome::swapped}) {
        auto run = good_run();
        run.counts[what] = 1;
        EXPECT_EQ(kind(run), verdict_kind::faulty) << to_text(what);
        EXPECT_EQ(kind(run, goals("errors<50%")), verdict_kind::faulty) << to_text(what);
    }
    for (const auto what : {incident::repeated, incident::unasked}) {
        auto run = good_run();
        run.counts[what] = 1;
        EXPECT_EQ(kind(run, goals("errors<50%")), verdict_kind::faulty) << to_text(what);
    }
}

TEST(Verdict, IsFaultyWhenTheServerRefusesItsOwnCredentials) {
    auto run = good_run();
    run.sample.validated = 100;
    run.sample.refused_by["expired"] = 1;
    EXPECT_EQ(kind(run), verdict_kind::faulty);
}

TEST(Verdict, IsOverloadedWhenTheRunFellBehindItsPlan) {
    auto run = good_run();
    run.behind = most_behind - nanoseconds(1);
    EXPECT_EQ(kind(run), verdict_kind::good);
    run.behind = most_behind;
    EXPECT_EQ(kind(run), verdict_kind::good);
    run.behind = most_behind + nanoseconds(1);
    EXPECT_EQ(kind(run), verdict_kind::overloaded);
}

TEST(Verdict, IsMissedWhenAGoalWas) {
    const auto judged = judge(good_run(), goals("p99<1us"));
    EXPECT_EQ(judged.kind, verdict_kind::missed);
    ASSERT_THAT(judged.reasons, Not(IsEmpty()));
    EXPECT_THAT(judged.reasons.front(), HasSubstr("p99<1us"));
}

TEST(Verdict, IsErrorsForAnyOtherRequestThatDidNotComeOutGood) {
    for (const auto what : {outcome::refused, outcome::late, outcome::lost, outcome::truncated,
                            outcome::closed, outcome::reset, outcome::unconnected}) {
        auto run = good_run();
        run.counts[what] = 1;
        EXPECT_EQ(kind(run), verdict_kind::errors) << to_text(what);
        EXPECT_EQ(kind(run, goals("p99<1s")), verdict_kind::errors) << to_text(what);
        EXPECT_EQ(kind(run, goals("errors<2")), verdict_kind::good) << to_text(what);
        EXPECT_EQ(kind(run, goals("errors<1")), verdict_kind::missed) << to_text(what);
    }
}

TEST(Verdict, IsNotGoodWithoutASingleAnswer) {
    result silent = good_run();
    silent.counts = tally();
    silent.counts[outcome::unsent] = 100;
    silent.behind = seconds(5);
    EXPECT_NE(kind(silent), verdict_kind::good);
    EXPECT_NE(kind(result()), verdict_kind::good);
    EXPECT_NE(kind(result(), goals("errors<1")), verdict_kind::good);
}

TEST(Verdict, TakesTheWorstOfAll) {
    auto run = good_run();
    run.counts[outcome::lost] = 1;
    EXPECT_EQ(kind(run, {}), verdict_kind::errors);
    const auto strict = goals("p99<1us");
    EXPECT_EQ(kind(run, strict), verdict_kind::missed);
    run.behind = seconds(1);
    EXPECT_EQ(kind(run, strict), verdict_kind::overloaded);
    run.counts[outcome::wrong] = 1;
    EXPECT_EQ(kind(run, strict), verdict_kind::faulty);
    run.self.cpu_share = 1;
    EXPECT_EQ(kind(run, strict), verdict_kind::invalid);
}

TEST(Verdict, NamesEveryReasonTheWeightiestFirst) {
    auto run = good_run();
    run.counts[outcome::lost] = 1;
    run.self.longest_stall = seconds(3);
    run.self.cpu_share = 0.99;
    run.self.sent_late = 5'000;
    run.self.out_of_ports = 7;
    EXPECT_THAT(
        judge(run, goals("p99<1us")).reasons,
        ElementsAre(HasSubstr("3000 ms"), HasSubstr("99 %"), HasSubstr("5000 requests"),
                    HasSubstr("7 times"), HasSubstr("p99<1us"), HasSubstr("came to no good")));
    auto faulty = good_run();
    faulty.counts[outcome::wrong] = 2;
    faulty.counts[outcome::swapped] = 3;
    faulty.counts[incident::repeated] = 4;
    faulty.counts[incident::unasked] = 5;
    faulty.sample.refused_by = {{"expired", 6}, {"unknown_key", 7}};
    EXPECT_THAT(judge(faulty, {}).reasons,
                ElementsAre(HasSubstr("2 answers"), HasSubstr("3 answers"), HasSubstr("4 answers"),
                            HasSubstr("5 answers"), HasSubstr("13 credentials"),
                            HasSubstr("came to no good")));
}

TEST(Verdict, IsFaultyWhenTheSampleCouldNotBeHad) {
    auto run = good_run();
    run.sample.problem = "no rpc there";
    const auto judged = judge(run, {});
    EXPECT_EQ(judged.kind, verdict_kind::faulty);
    EXPECT_THAT(judged.reasons, ElementsAre(HasSubstr("no rpc there")));
}

// A closed loop has no plan to be late for or behind of; the generator can still be the limit.
TEST(Verdict, HoldsAClosedLoopToNoPlan) {
    auto run = good_run();
    run.closed_loop = true;
    run.behind = seconds(1);
    EXPECT_EQ(kind(run), verdict_kind::good);
    run.self.cpu_share = 1;
    EXPECT_EQ(kind(run), verdict_kind::invalid);
}

}  // namespace
}  // namespace relayauth::load
