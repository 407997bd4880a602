#include "relayauth/load/wording.hpp"

#include "made_result.hpp"

#include <gtest/gtest.h>

#include <set>

namespace relayauth::load {
namespace {

TEST(Meaning, IsAnotherForEachWord) {
    std::set<std::string_view> meanings;
    for (std::size_t i = 0; i < outcome_count; ++i) {
        meanings.insert(meaning(static_cast<outcome>(i)));
    }
    for (std::size_t i = 0; i < incident_count; ++i) {
        meanings.insert(meaning(static_cast<incident>(i)));
    }
    EXPECT_EQ(meanings.size(), outcome_count + incident_count);
    EXPECT_FALSE(meanings.contains(""));
}

TEST(ByCount, OrdersAndAddsUpTheRest) {
    const std::map<std::string, std::uint64_t> counts = {
        {"a", 1}, {"b", 3}, {"c", 2}, {"d", 1}, {"e\x1b", 9}};
    EXPECT_EQ(by_count(counts, 3),
              (counted_words{{"e\\x1b", 9}, {"b", 3}, {"c", 2}, {"2 others", 2}}));
    EXPECT_EQ(by_count(counts, 5).size(), 5u);
    EXPECT_TRUE(by_count({}, 5).empty());
}

TEST(ConnectionsLine, NamesWhatHappenedOnly) {
    auto run = made_result();
    EXPECT_EQ(connections_line(run),
              "52 made, 2 of them again; 52 TLS handshakes (0.867/s), 2 resumed");
    run.counts[incident::connect_failed] = 1'000;
    run.counts[incident::handshake_failed] = 7;
    run.counts[incident::resumed] = 0;
    EXPECT_EQ(connections_line(run),
              "52 made, 2 of them again, 1,000 failed; 52 TLS handshakes (0.867/s), 7 failed");
    run.counts[incident::handshakes] = 0;
    EXPECT_EQ(connections_line(run),
              "52 made, 2 of them again, 1,000 failed; no TLS handshake in the measured time, 7 "
              "failed");
    EXPECT_EQ(connections_line(result()), "0 made, no TLS");
}

TEST(GeneratorLine, TellsItsOwnLoad) {
    auto run = made_result();
    run.self.lag.clear();
    run.self.lag.record(std::chrono::microseconds(12));
    EXPECT_EQ(generator_line(run),
              "CPU 34 %, waited for one 2 %, lag p99 12.0 us, longest stall 840 us, 0 sent late");
    run.self.out_of_ports = 2;
    EXPECT_TRUE(generator_line(run).ends_with(", 2 times out of ports"));
}

TEST(SampleLine, TellsWhatTheServerSaidOrWhyNot) {
    result run;
    EXPECT_EQ(sample_line(run), "none taken");
    run.sample.validated = 100;
    EXPECT_EQ(sample_line(run), "100 credentials asked about, none refused");
    run.sample.refused_by = {{"expired", 2}, {"unknown_key", 98}};
    EXPECT_EQ(sample_line(run), "100 credentials asked about, refused: 98 unknown_key, 2 expired");
    run.sample = {0, {}, "no rpc\nthere"};
    EXPECT_EQ(sample_line(run), "no rpc\\nthere");
}

}  // namespace
}  // namespace relayauth::load
