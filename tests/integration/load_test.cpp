#include "load_run.hpp"
#include "running_server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <sstream>
#include <utility>

// `relayauth load` against a server that does well: as many requests as were planned, no error, and
// every credential of the sample good.
namespace relayauth::lab {
namespace {

using load::incident;
using load::outcome;
using load::verdict_kind;

struct good_row {
    std::string name{};
    std::vector<std::string> options{};
    std::uint64_t planned = 0;  // 0: as many as it gets done
    std::uint64_t warm_up = 0;
    std::uint64_t connected = 8;  // 0: as many as there are requests
    bool has_sample = true;
};

std::ostream& operator<<(std::ostream& out, const good_row& row) {
    return out << row.name;
}

class Load : public ::testing::Test {
protected:
    static void SetUpTestSuite() { server_ = new running_server; }
    static void TearDownTestSuite() { delete std::exchange(server_, nullptr); }

    static std::unique_ptr<load_run> finished(const std::vector<std::string>& options) {
        return finished_run(server_->address(), options);
    }

    inline static running_server* server_ = nullptr;
};

class GoodLoad : public Load, public ::testing::WithParamInterface<good_row> {};

TEST_P(GoodLoad, IsGood) {
    const auto& row = GetParam();
    const auto run = finished(row.options);
    const auto& result = run->result();
    const auto good = result.counts[outcome::good];
    EXPECT_EQ(outcomes_of(result), (numbers{{"good", row.planned > 0 ? row.planned : good}}));
    EXPECT_GT(good, 20u);
    EXPECT_EQ(result.warm_up_requests, row.warm_up);
    EXPECT_EQ(result.warm_up_errors, 0u);
    EXPECT_EQ(result.counts[incident::connected], row.connected > 0 ? row.connected : good);
    EXPECT_EQ(result.counts[incident::reconnected], 0u);
    EXPECT_EQ(result.counts.errors(), 0u);
    EXPECT_EQ(result.latency.count(), good);
    EXPECT_EQ(result.service.count(), good);
    EXPECT_EQ(result.sample.validated > 0, row.has_sample);
    EXPECT_EQ(result.sample.refused_by, numbers{});
    EXPECT_EQ(result.sample.problem, "");
    expect_verdict(*run, verdict_kind::good);
}

std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> found;
    std::istringstream from(text);
    for (std::string word; from >> word;) found.push_back(word);
    return found;
}

good_row constant(const std::string& name, const std::string& options) {
    return {.name = name,
            .options = words("--rate 200 --duration 500ms --warm-up 100ms --sample 100 " + options),
            .planned = 100,
            .warm_up = 20};
}

good_row other(const std::string& name, const std::string& options) {
    return {.name = name,
            .options = words("--duration 500ms --warm-up 0s --sample 100 " + options)};
}

good_row without_sample(good_row row) {
    row.has_sample = false;
    return row;
}

good_row with_connections(std::uint64_t number, good_row row) {
    row.connected = number;
    return row;
}

INSTANTIATE_TEST_SUITE_P(
    Of, GoodLoad,
    ::testing::Values(
        constant("SipOverTls", ""), constant("SipOverTcp", "--protocol sip-tcp"),
        constant("RpcOverTls", "--protocol rpc-tls"), constant("RpcOverTcp", "--protocol rpc-tcp"),
        without_sample(constant("Validate", "--protocol rpc-tls --call validate")),
        constant("IssueAndValidate", "--protocol rpc-tcp --call mixed=50:50"),
        constant("TwoThreads", "--threads 2"),
        with_connections(1, other("OneByOne", "--rate 50 --connections 1 --in-flight 1")),
        other("Poisson", "--rate 200 --arrivals poisson"), other("Ramp", "--ramp 100..300"),
        with_connections(2, other("ClosedLoop", "--closed --connections 2 --in-flight 2")),
        with_connections(2, other("ClosedLoopOfThreads",
                                  "--closed --connections 2 --threads 2 --protocol rpc-tcp")),
        with_connections(0, other("HandshakePerRequest",
                                  "--rate 50 --connections 16 --handshake-per-request"))),
    [](const auto& each) { return each.param.name; });

TEST_F(Load, AMixedRunIsOfBothCalls) {
    const auto run = finished(words(
        "--protocol rpc-tcp --call mixed=50:50 --rate 200 --duration 500ms --warm-up 0s --sample "
        "100"));
    EXPECT_GT(run->result().sample.validated, 25u) << "Issue";
    EXPECT_LT(run->result().sample.validated, 75u) << "Validate";
}

TEST_F(Load, TheSeedDecidesTheArrivals) {
    const auto planned = [](const std::string& seed) {
        const auto run = finished(
            words("--rate 400 --arrivals poisson --duration 300ms --warm-up 0s --seed " + seed));
        return run->result().counts.planned();
    };
    const auto first = planned("1");
    EXPECT_EQ(planned("1"), first);
    EXPECT_TRUE(planned("2") != first || planned("3") != first);
    EXPECT_NEAR(static_cast<double>(first), 120, 50);
}

TEST_F(Load, ARampGrowsEvenly) {
    const auto run = finished(words("--ramp 100..500 --duration 500ms --warm-up 0s"));
    EXPECT_NEAR(static_cast<double>(run->result().counts.planned()), 150, 1);
}

// TLS 1.3 gives tickets behind the handshake, so the first of each connection's has none.
TEST_F(Load, NewConnectionsResumeIfTheyAreToldTo) {
    const auto run_with = [](const std::string& more) {
        return finished(
            words("--rate 50 --duration 600ms --warm-up 0s --connections 16 "
                  "--handshake-per-request " +
                  more));
    };
    const auto whole = run_with("");
    EXPECT_EQ(outcomes_of(whole->result()), (numbers{{"good", 30}}));
    EXPECT_EQ(whole->result().counts[incident::connected], 30u);
    EXPECT_GE(whole->result().counts[incident::handshakes], 28u) << "but those after the end";
    EXPECT_EQ(whole->result().counts[incident::resumed], 0u);
    EXPECT_EQ(whole->result().handshake.count(), whole->result().counts[incident::handshakes]);

    const auto resumed = run_with("--resume");
    EXPECT_EQ(outcomes_of(resumed->result()), (numbers{{"good", 30}}));
    EXPECT_EQ(resumed->result().counts[incident::connected], 30u);
    EXPECT_GE(resumed->result().counts[incident::resumed],
              resumed->result().counts[incident::handshakes] - 16);
}

TEST_F(Load, FiveHundredTlsConnections) {
    const auto run =
        finished(words("--connections 500 --rate 500 --duration 1s --warm-up 0s --sample 100"));
    const auto& result = run->result();
    EXPECT_EQ(outcomes_of(result), (numbers{{"good", 500}}));
    EXPECT_EQ(result.counts[incident::connected], 500u);
    EXPECT_EQ(result.handshake.count(), 500u);
    EXPECT_EQ(result.sample.validated, 500u);
    EXPECT_EQ(result.sample.refused_by, numbers{});
}

TEST_F(Load, GoalsAreMetOrMissed) {
    const auto run_with = [](const std::string& goals) {
        return fair_run([&goals] {
            return finished(words(
                "--rate 200 --duration 300ms --warm-up 0s --protocol sip-tcp --expect " + goals));
        });
    };
    expect_verdict(*run_with("p50<5s,errors<0.01%,rate>95%"), verdict_kind::good);
    const auto run = run_with("p50<1ns,errors<0.01%,rate>1000000");
    expect_verdict(*run, verdict_kind::missed);
    EXPECT_TRUE(run->is_void() || (run->says("p50<1ns") && run->says("rate>1000000")));
    EXPECT_FALSE(run->says("errors"));
}

// The table goes to standard output and nothing else; with --json - the JSON does.
TEST_F(Load, WritesWhatItWasAskedFor) {
    const temporary_folder folder;
    const auto command = [](const std::string& more) {
        auto all = words("load --server " + server_->address() +
                         " --rate 100 --duration 200ms --warm-up 0s " + more);
        all.insert(all.begin(), relayauth_program);
        return run(all);
    };
    const auto table = command("--report " + folder.path("page.html"));
    for (const auto* each : {"requests", "latency", "service", "sample", "generator", "verdict"})
        EXPECT_NE(table.output.find(each), std::string::npos) << table.output;
    EXPECT_NE(read_file(folder.path("page.html")).find("</html>"), std::string::npos);

    const auto json = command("--json -");
    EXPECT_TRUE(json.output.starts_with("{")) << json.output;
    EXPECT_NE(json.errors.find("verdict"), std::string::npos) << json.errors;

    const auto quiet = command("--quiet");
    EXPECT_EQ(std::count(quiet.output.begin(), quiet.output.end(), '\n'), 1) << quiet.output;
    EXPECT_EQ(quiet.errors, "");
}

}  // namespace
}  // namespace relayauth::lab
