#include "free_port.hpp"
#include "load_run.hpp"
#include "running_server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <utility>

// What `relayauth load` cannot do: exit code 2, nothing on standard output, and one line that says
// what to do.
namespace relayauth::lab {
namespace {

struct misuse_row {
    std::string name{};
    std::vector<std::string> options{};
    std::vector<std::string> says{};
};

std::ostream& operator<<(std::ostream& out, const misuse_row& row) {
    return out << row.name;
}

finished load_with(const std::string& server, const std::vector<std::string>& options) {
    std::vector<std::string> words = {relayauth_program, "load", "--server", server};
    words.insert(words.end(), options.begin(), options.end());
    return run(words);
}

void expect_line(const finished& done, const std::vector<std::string>& says) {
    EXPECT_EQ(done.code, 2) << done.errors;
    EXPECT_EQ(std::count(done.errors.begin(), done.errors.end(), '\n'), 1) << done.errors;
    EXPECT_TRUE(done.errors.starts_with("relayauth load: ")) << done.errors;
    for (const auto& each : says) {
        EXPECT_NE(done.errors.find(each), std::string::npos)
            << "not said: " << each << "\nbut: " << done.errors;
    }
}

void expect_refused(const finished& done, const std::vector<std::string>& says) {
    EXPECT_EQ(done.output, "");
    expect_line(done, says);
}

const std::vector<std::string> brief = {"--duration", "200ms", "--warm-up", "0s", "--rate", "100"};

std::vector<std::string> brief_and(std::vector<std::string> more) {
    more.insert(more.end(), brief.begin(), brief.end());
    return more;
}

// These are found out before anybody is asked: nobody listens there.
class LoadMisuse : public ::testing::TestWithParam<misuse_row> {};

TEST_P(LoadMisuse, IsRefusedWithOneLine) {
    expect_refused(load_with("127.0.0.1:" + std::to_string(free_port()), GetParam().options),
                   GetParam().says);
}

INSTANTIATE_TEST_SUITE_P(
    Of, LoadMisuse,
    ::testing::Values(
        misuse_row{"NoSuchServer", {}, {"nothing listens on 127.0.0.1:", "relayauth serve"}},
        misuse_row{"RateOfNone", {"--rate", "0"}, {"--rate", "`0`", "above 0", "--closed"}},
        misuse_row{"NegativeRate", {"--rate", "-1"}, {"--rate", "`-1`", "above 0"}},
        misuse_row{"EndlessRate", {"--rate", "inf"}, {"--rate", "`inf`"}},
        misuse_row{"RateAndClosed", {"--rate", "5", "--closed"}, {"--closed", "--rate"}},
        misuse_row{"RampAndRate", {"--rate", "5", "--ramp", "1..2"}, {"--ramp", "--rate"}},
        misuse_row{"RampAndClosed", {"--closed", "--ramp", "1..2"}, {"--ramp", "--closed"}},
        misuse_row{"HalfARamp", {"--ramp", "5.."}, {"--ramp", "R1..R2"}},
        misuse_row{
            "PoissonAndClosed", {"--closed", "--arrivals", "poisson"}, {"--closed", "--arrivals"}},
        misuse_row{"ValidateOverSip", {"--call", "validate"}, {"--call validate", "rpc-tls"}},
        misuse_row{"MixedOverSip", {"--call", "mixed=90:10"}, {"--call mixed", "rpc-tls"}},
        misuse_row{"MixOfTooMuch",
                   {"--protocol", "rpc-tls", "--call", "mixed=90:20"},
                   {"--call", "add up to 100"}},
        misuse_row{"UnknownProtocol", {"--protocol", "http"}, {"--protocol", "sip-tls", "rpc-tcp"}},
        misuse_row{"ResumeOverTcp",
                   {"--resume", "--protocol", "sip-tcp"},
                   {"--resume", "--protocol sip-tls"}},
        misuse_row{"HandshakesOverTcp",
                   {"--handshake-per-request", "--protocol", "rpc-tcp"},
                   {"--handshake-per-request", "--protocol"}},
        misuse_row{
            "CaOverTcp", {"--ca", "/dev/null", "--protocol", "sip-tcp"}, {"--ca", "sip-tls"}},
        misuse_row{"UnknownOption", {"--conections", "5"}, {"--conections", "--connections"}},
        misuse_row{"UnknownGoal", {"--expect", "nonsense"}, {"--expect", "nonsense"}},
        misuse_row{"GoalWithoutNumber", {"--expect", "p99<"}, {"--expect", "p99<"}},
        misuse_row{"NoConnections", {"--connections", "0"}, {"--connections", "from 1 to"}},
        misuse_row{"NothingInFlight", {"--in-flight", "0"}, {"--in-flight", "from 1 to"}},
        misuse_row{"MoreThreadsThanConnections",
                   {"--threads", "4", "--connections", "3"},
                   {"--threads 4", "--connections 3"}},
        misuse_row{"NoDuration", {"--duration", "0s"}, {"--duration", "10s"}},
        misuse_row{"DurationWithoutUnit", {"--duration", "10"}, {"--duration", "`10`", "10s"}},
        misuse_row{"SampleOverAll", {"--sample", "101"}, {"--sample", "0 to 100"}},
        misuse_row{"FolderThatIsNotThere",
                   {"--json", "/no/such/folder/x.json"},
                   {"/no/such/folder/x.json", "No such file or directory"}},
        misuse_row{"FolderAsFile", {"--report", "/tmp"}, {"/tmp"}}),
    [](const auto& each) { return each.param.name; });

TEST(LoadMisuse, NamesTheServerOptionIfItIsMissing) {
    expect_refused(run({relayauth_program, "load"}), {"--server", "required"});
}

class LoadOfServer : public ::testing::Test {
protected:
    running_server server_{{"--plaintext", "never", "--max-connections", "10"}};
};

TEST_F(LoadOfServer, RpcWithoutTlsThatItDoesNotTake) {
    expect_refused(load_with(server_.address(), brief_and({"--protocol", "rpc-tcp"})),
                   {"wants TLS", "--protocol rpc-tls"});
}

// SIP has no question without an effect, so each request hears it, and its connection ends.
TEST_F(LoadOfServer, SipWithoutTlsThatItDoesNotTake) {
    const auto run =
        finished_run(server_.address(), brief_and({"--protocol", "sip-tcp", "--in-flight", "1"}));
    EXPECT_EQ(outcomes_of(run->result()), (numbers{{"refused", 20}}));
    EXPECT_EQ(run->result().counts.refused_by, (numbers{{"SIP 403", 20}}));
    expect_verdict(*run, load::verdict_kind::errors);
}

TEST_F(LoadOfServer, MoreConnectionsThanItTakes) {
    expect_refused(load_with(server_.address(), brief_and({"--connections", "12"})),
                   {"of 12 connections", "--max-connections"});
}

TEST(LoadOfPlainServer, MoreConnectionsThanItTakes) {
    const running_server server({"--max-connections", "10"});
    expect_refused(
        load_with(server.address(), brief_and({"--connections", "12", "--protocol", "sip-tcp"})),
        {"of 12 connections", "--max-connections"});
}

// A server that speaks no TLS, here one that waits for more of a Redis command.
TEST(LoadOfPlainServer, ThatIsAskedForTls) {
    const running_server server({"--redis-listen", "127.0.0.1:0"});
    const auto done = load_with("127.0.0.1:" + std::to_string(server.redis_port()),
                                brief_and({"--timeout", "500ms"}));
    expect_refused(done, {"--protocol sip-tcp"});
}

// Found out at the end: the table must not be lost with the file.
TEST(LoadOfFullDisk, StillPrintsTheTable) {
    const running_server server;
    for (const auto* each : {"--report", "--json"}) {
        SCOPED_TRACE(each);
        const auto done = load_with(server.address(), brief_and({each, "/dev/full"}));
        EXPECT_NE(done.output.find("verdict"), std::string::npos) << done.output;
        expect_line(done, {"/dev/full", "No space left on device"});
    }
}

}  // namespace
}  // namespace relayauth::lab
