#include "relayauth/server/metrics_page.hpp"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

namespace relayauth::server {
namespace {

using session::door;
using session::event;

class MetricsPage : public ::testing::Test {
protected:
    // has tells whether the page holds this line.
    testing::AssertionResult has(const std::string& line) {
        now_.threads = all_;
        const auto page = "\n" + metrics_page(now_);
        if (page.find("\n" + line + "\n") != std::string::npos) return testing::AssertionSuccess();
        return testing::AssertionFailure() << "no line " << line << " in" << page;
    }

    counters one_, two_;
    const counters* all_[2] = {&one_, &two_};
    metrics_reading now_;
};

TEST_F(MetricsPage, SumsUpAllThreads) {
    event happened(event::kind::validate_refused, door::redis);
    happened.reason = credential::refusal::not_yet_valid;
    one_.count(happened);
    two_.count(happened);
    two_.transport[static_cast<std::size_t>(net::transport_event::kind::tls_failed)].add();
    EXPECT_TRUE(has("relayauth_validate_refused_total{door=\"redis\",reason=\"not_yet_valid\"} 2"));
    EXPECT_TRUE(has("relayauth_validate_refused_total{door=\"rpc\",reason=\"not_yet_valid\"} 0"));
    EXPECT_TRUE(has("relayauth_tls_failed_total{kind=\"handshake\"} 1"));
    EXPECT_TRUE(has("relayauth_tls_failed_total{kind=\"timeout\"} 0"));
}

TEST_F(MetricsPage, TellsMintedCredentialsApart) {
    one_.issued[static_cast<std::size_t>(door::rpc)][2].add(3);
    two_.issued[static_cast<std::size_t>(door::sip)][0].add(5);
    EXPECT_TRUE(
        has("relayauth_issued_total{door=\"rpc\",dialect=\"turn_rest\",token_version=\"\"} 3"));
    EXPECT_TRUE(has("relayauth_issued_total{door=\"sip\",dialect=\"mras\",token_version=\"1\"} 5"));
    EXPECT_TRUE(has("relayauth_issued_total{door=\"sip\",dialect=\"mras\",token_version=\"2\"} 0"));
}

TEST_F(MetricsPage, ShowsEachKeyWithItsEndAndItsValidations) {
    one_.validated_by_key.add("168e9d81");
    two_.validated_by_key.add("gone0000");
    now_.keys = {{"168e9d81", keyring::key_stage::minting, std::chrono::hours(24)},
                 {"57979a6c", keyring::key_stage::retired, std::chrono::seconds(-2)}};
    EXPECT_TRUE(has("relayauth_key_expiry_seconds{key=\"168e9d81\",stage=\"minting\"} 86400"));
    EXPECT_TRUE(has("relayauth_key_expiry_seconds{key=\"57979a6c\",stage=\"retired\"} -2"));
    EXPECT_TRUE(has("relayauth_key_validated_total{key=\"168e9d81\"} 1"));
    EXPECT_TRUE(has("relayauth_key_validated_total{key=\"57979a6c\"} 0"));
    EXPECT_TRUE(has("relayauth_key_validated_total{key=\"gone0000\"} 1"));
}

TEST_F(MetricsPage, TellsHowLongCallsTook) {
    one_.issue_latency.add(0.003, 2);
    two_.issue_latency.add(7);
    two_.validate_latency.add(0.00001);
    const std::string name = "relayauth_request_duration_seconds";
    EXPECT_TRUE(has(name + "_bucket{call=\"issue\",le=\"0.0025\"} 0"));
    EXPECT_TRUE(has(name + "_bucket{call=\"issue\",le=\"0.005\"} 2"));
    EXPECT_TRUE(has(name + "_bucket{call=\"issue\",le=\"5\"} 2"));
    EXPECT_TRUE(has(name + "_count{call=\"issue\"} 3"));
    EXPECT_TRUE(has(name + "_bucket{call=\"validate\",le=\"1e-05\"} 1"));
}

TEST_F(MetricsPage, TellsOfClocksLimitsAndTheLog) {
    one_.peer_clock_offset.add(28799.5);
    one_.lines_left_out.add(11);
    now_.clock_offset = std::chrono::hours(-8);
    now_.clock_steps = 2;
    now_.clock_off = -std::chrono::minutes(6);
    now_.clock_held = true;
    now_.log_lines_lost = 4;
    now_.buffered_bytes_limit = 1024;
    now_.version = "0.1.0";
    now_.started_at = wall_time::from_unix(std::chrono::seconds(1700000001));
    EXPECT_TRUE(has("relayauth_peer_clock_offset_seconds_bucket{le=\"3600\"} 0"));
    EXPECT_TRUE(has("relayauth_peer_clock_offset_seconds_bucket{le=\"28800\"} 1"));
    EXPECT_TRUE(has("relayauth_clock_offset_seconds -28800"));
    EXPECT_TRUE(has("relayauth_clock_steps_total 2"));
    EXPECT_TRUE(has("relayauth_clock_off_seconds -360"));
    EXPECT_TRUE(has("relayauth_clock_held 1"));
    EXPECT_TRUE(has("relayauth_log_lines_left_out_total{cause=\"rate_limit\"} 11"));
    EXPECT_TRUE(has("relayauth_log_lines_left_out_total{cause=\"queue\"} 4"));
    EXPECT_TRUE(has("relayauth_buffered_bytes_limit 1024"));
    EXPECT_TRUE(has("relayauth_build{version=\"0.1.0\"} 1"));
    EXPECT_TRUE(has("relayauth_start_time_seconds 1700000001"));
    EXPECT_TRUE(has("relayauth_ready 0"));
}

TEST_F(MetricsPage, BeginsEveryFamilyOnceAndNamesNoSampleTwice) {
    now_.threads = all_;
    std::istringstream page(metrics_page(now_));
    std::set<std::string> seen;
    std::string family;
    for (std::string line; std::getline(page, line);) {
        const auto name = line.starts_with("# ") ? line.substr(0, line.find(' ', 7))
                                                 : line.substr(0, line.rfind(' '));
        EXPECT_TRUE(seen.insert(name).second) << "twice: " << name;
        if (line.starts_with("# HELP ")) family = name.substr(7);
        EXPECT_NE(line.find(family), std::string::npos) << line;
    }
    EXPECT_GT(seen.size(), 100u);
}

}  // namespace
}  // namespace relayauth::server
