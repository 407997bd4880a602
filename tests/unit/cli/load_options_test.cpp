#include "relayauth/cli/load_options.hpp"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace relayauth::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

// parsed reads a command line as `relayauth load` would.
struct parsed {
    explicit parsed(std::vector<std::string> words) {
        add_load_options(app, options);
        std::vector<std::string> reversed(words.rbegin(), words.rend());
        try {
            app.parse(reversed);
        } catch (const CLI::ParseError& why) {
            error = why.what();
        }
    }
    CLI::App app{"load"};
    load_options options;
    std::string error;
};

TEST(LoadOptions, HaveSaneDefaults) {
    const parsed none({});
    EXPECT_EQ(none.error, "");
    const auto chosen = none.options.chosen();
    EXPECT_TRUE(chosen.server.tls);
    EXPECT_FALSE(chosen.closed);
    EXPECT_EQ(chosen.rate_from(), 1000);
    EXPECT_EQ(chosen.sample_percent, 1);
    EXPECT_EQ(load::problem(chosen), std::nullopt);
}

TEST(LoadOptions, AreReadAsTheyAreGiven) {
    const parsed all({"--protocol",    "rpc-tcp",
                      "--call",        "mixed=90:10",
                      "--rate",        "250.5",
                      "--connections", "20",
                      "--in-flight",   "3",
                      "--threads",     "2",
                      "--duration",    "5m",
                      "--warm-up",     "250ms",
                      "--arrivals",    "poisson",
                      "--identities",  "7",
                      "--seed",        "42",
                      "--sample",      "2.5%",
                      "--expect",      "p99<2ms,errors<1%"});
    ASSERT_EQ(all.error, "");
    const auto chosen = all.options.chosen();
    EXPECT_EQ(chosen.protocol, load::protocol::rpc_tcp);
    EXPECT_FALSE(chosen.server.tls);
    EXPECT_EQ(chosen.mix.validate_percent, 10u);
    EXPECT_EQ(chosen.rate, 250.5);
    EXPECT_EQ(chosen.connections, 20u);
    EXPECT_EQ(chosen.in_flight, 3u);
    EXPECT_EQ(chosen.threads, 2u);
    EXPECT_EQ(chosen.duration, minutes(5));
    EXPECT_EQ(chosen.warm_up, milliseconds(250));
    EXPECT_EQ(chosen.arrivals, load::arrivals::poisson);
    EXPECT_EQ(chosen.identities, 7u);
    EXPECT_EQ(chosen.seed, 42u);
    EXPECT_EQ(chosen.sample_percent, 2.5);
    EXPECT_EQ(all.options.goals.size(), 2u);
    EXPECT_EQ(all.options.goals_text, "p99<2ms,errors<1%");
}

TEST(LoadOptions, OneConnectionARequestHasOneInFlight) {
    const parsed each({"--handshake-per-request", "--in-flight", "16"});
    EXPECT_EQ(each.options.chosen().in_flight, 1u);
}

TEST(LoadOptions, NameTheOptionAndWhatItMustBe) {
    const std::vector<std::pair<std::vector<std::string>, std::string>> rows = {
        {{"--rate", "0"}, "--rate: `0` is not a rate above 0"},
        {{"--rate", "-5"}, "--rate: `-5` is not"},
        {{"--ramp", "5"}, "--ramp: `5` is not R1..R2"},
        {{"--protocol", "udp"}, "--protocol: `udp` is not sip-tls, sip-tcp, rpc-tls or rpc-tcp"},
        {{"--call", "mixed=50:40"}, "--call: `mixed=50:40` is not issue, validate or mixed=I:V"},
        {{"--connections", "0"}, "--connections: `0` is not a whole number from 1 to 200000"},
        {{"--connections", "200001"}, "--connections: `200001` is not"},
        {{"--in-flight", "2.5"}, "--in-flight: `2.5` is not a whole number"},
        {{"--threads", "257"}, "--threads: `257` is not a whole number from 1 to 256"},
        {{"--duration", "9ms"}, "--duration: `9ms` is not a time"},
        {{"--duration", "8d"}, "--duration: `8d` is not a time"},
        {{"--warm-up", "-1s"}, "--warm-up: `-1s` is not a time"},
        {{"--arrivals", "bursts"}, "--arrivals: `bursts` is not constant or poisson"},
        {{"--sample", "101"}, "--sample: `101` is not a percentage from 0 to 100"},
        {{"--sample", "nan"}, "--sample: `nan` is not a percentage"},
        {{"--seed", "x"}, "--seed: `x` is not a whole number"},
        {{"--expect", "p99"}, "--expect: `p99` is no goal"},
    };
    for (const auto& [words, error] : rows) {
        EXPECT_TRUE(parsed(words).error.starts_with(error)) << parsed(words).error;
    }
}

TEST(LoadOptions, TakeTheEndsOfTheirRanges) {
    EXPECT_EQ(parsed({"--rate", "0.001", "--duration", "10ms", "--warm-up", "0s"}).error, "");
    EXPECT_EQ(parsed({"--rate", "10000000", "--duration", "7d", "--sample", "0"}).error, "");
    EXPECT_EQ(parsed({"--connections", "200000", "--threads", "256", "--sample", "100"}).error, "");
}

TEST(LoadOptions, TellWhatWasGivenForTheReport) {
    const parsed some({"--rate", "20", "--handshake-per-request", "--duration", "2s"});
    const auto given = given_options(some.app);
    const std::vector<std::pair<std::string, std::string>> expected = {
        {"--rate", "20"}, {"--duration", "2s"}, {"--handshake-per-request", ""}};
    EXPECT_EQ(given, expected);
}

}  // namespace
}  // namespace relayauth::cli
