#include "relayauth/load/result_json.hpp"

#include "made_result.hpp"
#include "typed_result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::load {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using counts = std::map<std::string, std::uint64_t>;
using pairs = std::vector<std::pair<std::string, std::string>>;

result read(std::string_view text) {
    auto value = read_json(text);
    EXPECT_TRUE(value) << (value ? "" : value.error());
    return value ? *value : result();
}

TEST(ReadJson, ReadsTheCircumstances) {
    const auto run = read(typed_result);
    EXPECT_EQ(run.options, (pairs{{"--server", "edge:5062"}, {"--rate", "1000"}}));
    ASSERT_EQ(run.machines.size(), 2u);
    EXPECT_EQ(run.machines[0], (pairs{{"host", "a"}, {"cores", "2"}}));
    EXPECT_EQ(run.started.time_since_epoch(), 1'795'339'854s);
    EXPECT_EQ(run.measured, 10s + 1ns);
    EXPECT_TRUE(run.closed_loop);
    EXPECT_TRUE(run.tls);
    EXPECT_EQ(run.warm_up_requests, 7u);
    EXPECT_EQ(run.warm_up_errors, 1u);
    EXPECT_EQ(run.behind, 1500ms);
    EXPECT_EQ(run.goals, "p99<2ms");
    EXPECT_EQ(run.verdict.kind, verdict_kind::invalid);
    EXPECT_EQ(run.verdict.reasons, (std::vector<std::string>{"one", "two"}));
}

TEST(ReadJson, ReadsTheCounts) {
    const auto run = read(typed_result);
    EXPECT_EQ(run.counts.planned(), 78u);
    EXPECT_EQ(run.counts[outcome::refused], 2u);
    EXPECT_EQ(run.counts[outcome::unconnected], 10u);
    EXPECT_EQ(run.counts[incident::repeated], 1u);
    EXPECT_EQ(run.counts[incident::resumed], 9u);
    EXPECT_EQ(run.counts.refused_by, (counts{{"Server Busy", 1}, {"a\"b", 1}}));
    EXPECT_EQ(run.counts.wrong_by, (counts{{"CSeq", 3}}));
    EXPECT_EQ(run.sample.validated, 100u);
    EXPECT_EQ(run.sample.refused_by, (counts{{"expired", 2}}));
    EXPECT_EQ(run.sample.problem, "none");
}

TEST(ReadJson, ReadsWhatWasMeasured) {
    const auto run = read(typed_result);
    EXPECT_EQ(run.latency.count(), 3u);
    EXPECT_EQ(run.latency.min(), 5ns);
    EXPECT_EQ(run.latency.max(), 2049ns);
    EXPECT_EQ(run.latency.percentile(50), 5ns);
    EXPECT_EQ(run.latency.sum_ns(), 2059);
    EXPECT_EQ(run.service.count(), 0u);
    EXPECT_EQ(run.handshake.max(), 7ns);
    EXPECT_EQ(run.interval_length, 2s);
    ASSERT_EQ(run.time_line.size(), 2u);
    EXPECT_EQ(run.time_line[0].planned, 9u);
    EXPECT_EQ(run.time_line[0].good, 8u);
    EXPECT_EQ(run.time_line[0].errors, 1u);
    EXPECT_EQ(run.time_line[0].handshakes, 2u);
    EXPECT_EQ(run.time_line[0].latency, (std::map<std::uint32_t, std::uint64_t>{{1, 5}, {863, 3}}));
    EXPECT_EQ(run.self.cpu_share, 0.25);
    EXPECT_EQ(run.self.waited_share, 0.125);
    EXPECT_EQ(run.good_in_time, 1u);
    EXPECT_EQ(run.left_in_flight, 7u);
    EXPECT_EQ(run.self.sent_late, 3u);
    EXPECT_EQ(run.self.longest_stall, 1ns);
    EXPECT_EQ(run.self.lag.count(), 4u);
    EXPECT_EQ(run.self.out_of_ports, 6u);
}

TEST(WriteJson, IsReadBackWithoutLoss) {
    for (auto run : {made_result(), long_result(), failed_result(), slow_result(), result(),
                     read(typed_result)}) {
        const auto written = write_json(run);
        const auto back = read(written);
        EXPECT_EQ(write_json(back), written);
        EXPECT_EQ(back.latency.sum_ns(), run.latency.sum_ns());
        EXPECT_EQ(back.latency.max(), run.latency.max());
    }
}

TEST(WriteJson, KeepsNanosecondsInLongTimes) {
    auto run = made_result();
    for (const auto time : {40 * 24h + 1ns, 5 * 24h + 999'999'999ns, 1h + 123'456'789ns}) {
        run.measured = run.behind = run.self.longest_stall = run.interval_length = time;
        const auto back = read(write_json(run));
        EXPECT_EQ(back.measured, time);
        EXPECT_EQ(back.behind, time);
        EXPECT_EQ(back.self.longest_stall, time);
        EXPECT_EQ(back.interval_length, time);
    }
}

TEST(WriteJson, HoldsWhatFollowsForReadersThatDoNotCompute) {
    const auto text = write_json(made_result());
    for (const auto* words :
         {"\"format\":\"relayauth load 1\"", "\"planned\":300004", "\"achieved\":4999.116666667",
          "\"p99.99_us\":", "\"mean_us\":", "\"interval_seconds\":1.0", "\"measured_seconds\":60.0",
          "\"kind\":\"missed\"", "\"longest_stall_ms\":0.84"}) {
        EXPECT_THAT(text, HasSubstr(words));
    }
}

TEST(WriteJson, TakesAnyTextFromAServer) {
    result run;
    run.counts.refused_by = {{"\x1b[31m\"\\\n", 1}, {"\xFF", 2}, {"\\xff", 3}, {"\xC3\xBC", 4}};
    run.verdict.reasons = {"\xFE"};
    run.options = {{"--a", "1"}, {"--b", "2"}, {"--a", "3"}};
    const auto text = write_json(run);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    const auto back = read(text);
    // The octet that is no UTF-8 is written as the four characters that another reason had.
    EXPECT_EQ(back.counts.refused_by,
              (counts{{"\x1b[31m\"\\\n", 1}, {"\\xff", 5}, {"\xC3\xBC", 4}}));
    EXPECT_EQ(back.verdict.reasons, std::vector<std::string>{"\\xfe"});
    EXPECT_EQ(back.options, (pairs{{"--a", "1, 3"}, {"--b", "2"}}));
}

}  // namespace
}  // namespace relayauth::load
