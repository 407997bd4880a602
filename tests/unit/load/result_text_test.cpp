#include "relayauth/load/result_text.hpp"

#include "relayauth/base/utf8.hpp"

#include "made_result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace relayauth::load {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

TEST(ResultText, IsATableForPeople) {
    EXPECT_THAT(
        result_text(made_result()),
        HasSubstr(
            "run          2026-11-22T09:30:54Z, 60.0 s, open loop, TLS; warm-up: 25,000\n"
            "             requests, 0 errors\n"
            "requests         300,004  planned\n"
            "                 299,947  good          99.98 %  the right answer, in time\n"
            "                      53  refused        0.02 %  an answer that says no\n"
            "                       1  wrong         <0.01 %  not the right answer\n"
            "                       3  late          <0.01 %  right, but after the timeout\n"
            "rate         5,000/s planned, 4,999/s achieved\n"
            "                     p50        p90        p99      p99.9     p99.99        max\n"
            "latency           327 us     466 us     1.43 s     1.85 s     1.90 s     1.90 s\n"));
    EXPECT_THAT(result_text(made_result()), HasSubstr("refused by            37  Server Busy\n"
                                                      "                      16  SIP 503\n"
                                                      "wrong by               1  CSeq\n"
                                                      "connections  52 made"));
}

TEST(ResultText, EndsWithTheVerdict) {
    EXPECT_EQ(lines_of(result_text(made_result())).back(),
              "verdict      missed: p99 was 1427 ms: the goal was under 5 ms");
    result none;
    none.verdict.kind = verdict_kind::invalid;
    EXPECT_EQ(lines_of(result_text(none)).back(), "verdict      void");
}

TEST(ResultText, IsNoWiderThanATerminal) {
    auto run = made_result();
    for (std::size_t i = 0; i < outcome_count; ++i) run.counts.outcomes[i] += 12'345'678;
    run.counts[incident::repeated] = run.counts[incident::unasked] = 3;
    run.counts.refused_by[std::string(500, 'x')] = 1;
    run.counts.refused_by["a reason of many words " + std::string(120, 'y') + " and more"] = 1;
    run.verdict.reasons.assign(30, "a reason with \xC3\xBC and \xC3\xA4 that is told at length");
    run.closed_loop = true;
    for (const auto& from : {run, long_result(), failed_result(), slow_result(), result()}) {
        for (const auto& line : lines_of(result_text(from))) {
            EXPECT_TRUE(is_utf8(line)) << line;
            EXPECT_LE(utf8_length(line), 80u) << line;
            EXPECT_FALSE(line.ends_with(' ')) << line;
        }
    }
}

TEST(ResultText, CannotDisturbATerminal) {
    auto run = made_result();
    run.counts.refused_by = {{"\x1b[2J\r\n\xFF", 1}};
    run.verdict.reasons = {"\x1b]0;x\x07"};
    run.goals = "\x9b";
    run.sample.problem = "\x1b[31m";
    const auto text = result_text(run);
    for (const char each : {'\x1b', '\r', '\x07', '\xFF', '\x9b'}) {
        EXPECT_EQ(text.find(each), std::string::npos) << int{each};
    }
    EXPECT_THAT(text, HasSubstr("\\x1b[2J\\r\\n\\xff"));
}

TEST(ResultText, SaysOfAClosedLoopWhatItsLatencyLeavesOut) {
    auto run = made_result();
    EXPECT_THAT(result_text(run), Not(HasSubstr("leaves out")));
    run.closed_loop = true;
    std::string joined;
    for (const auto& line : lines_of(result_text(run))) {
        joined +=
            line.substr(std::min<std::size_t>(line.find_first_not_of(' '), line.size())) + ' ';
    }
    EXPECT_THAT(joined,
                HasSubstr("closed loop: a request is only sent when an answer has come, so this "
                          "latency leaves out the waiting that users of an overloaded server "
                          "would have"));
}

TEST(ResultText, OfNothingMeasuredSaysNone) {
    const auto text = result_text(failed_result());
    EXPECT_THAT(text, HasSubstr("latency             none\n"));
    EXPECT_THAT(text, HasSubstr("unconnected     100 %"));
    EXPECT_THAT(text, HasSubstr("good              0 %"));
}

TEST(ResultText, TellsHowFarARunWasBehind) {
    auto run = made_result();
    run.behind = std::chrono::milliseconds(1'500);
    EXPECT_THAT(result_text(run), HasSubstr("achieved, 1.50 s behind at the end\n"));
}

}  // namespace
}  // namespace relayauth::load
