#include "doctor_run.hpp"
#include "free_port.hpp"
#include "own_client.hpp"
#include "relay_lab.hpp"

#include <gmock/gmock.h>

// `relayauth doctor --relay` at Debian's coturn.
namespace relayauth::lab {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(DoctorsRelay, IsTriedWithTheTokenThenWithATurnRestName) {
    const asked_relay home;
    const auto secret = exported_secret(shared_certificate());
    const coturn shares(lab_realm, shares_secret(secret));
    const coturn stranger(lab_realm, shares_secret("another secret"));
    const auto at = [&](const coturn& relay) {
        return std::vector<std::string>{"--relay", "127.0.0.1:" + std::to_string(relay.port())};
    };
    doctor_run token(home.server.address(), at(home.relay));
    doctor_run rest(home.server.address(), at(shares));
    doctor_run refused(home.server.address(), at(stranger));
    doctor_run nobody(home.server.address(),
                      {"--relay", "127.0.0.1:" + std::to_string(free_port())});
    EXPECT_EQ(token.code(), 0) << token.json();
    EXPECT_THAT(token.words_of("relay"),
                AllOf(HasSubstr("refuses without credentials"), HasSubstr("accepts the MRAS token"),
                      HasSubstr("a packet came back")));
    // Users get tokens.
    EXPECT_EQ(rest.code(), 1) << rest.json();
    EXPECT_EQ(rest.verdict_of("relay"), "warn");
    EXPECT_THAT(rest.words_of("relay"), HasSubstr("accepts a TURN REST name"));
    EXPECT_THAT(rest.conclusion(), HasSubstr("refuses MRAS tokens"));
    EXPECT_EQ(refused.code(), 2);
    EXPECT_THAT(refused.conclusion(), HasSubstr("does not believe this server's credentials"));
    EXPECT_THAT(refused.words_of("relay"), HasSubstr("the MRAS token and a TURN REST name"));
    EXPECT_THAT(nobody.conclusion(), HasSubstr("does not answer over UDP"));
}

TEST(DoctorsRelay, FailsIfItRefusesWhatTheUsersSentThereHave) {
    const coturn relay(lab_realm, shares_secret(exported_secret(shared_certificate())));
    const auto address = "127.0.0.1:" + std::to_string(relay.port());
    const running_server server({"--realm", lab_realm, "--relay", "internet=" + address});
    doctor_run run(server.address(), {"--relay", address});
    EXPECT_EQ(run.verdict_of("relay"), "fail") << run.json();
    EXPECT_THAT(run.conclusion(), HasSubstr("refuses MRAS tokens"));
    EXPECT_EQ(run.code(), 2);
}

// The clock is the cause; that the relay refuses is its effect.
TEST(DoctorsRelay, RefusesTheCredentialsOfAServerThatIsBehindAndTheClockIsBlamed) {
    const running_server behind({"--realm", lab_realm, "--redis-listen", "127.0.0.1:0",
                                 "--allow-expired-certificate", "--clock-offset=-9h"});
    const coturn relay(lab_realm, shares_secret(exported_secret(shared_certificate())));
    doctor_run run(behind.address(), {"--relay", "127.0.0.1:" + std::to_string(relay.port())});
    EXPECT_EQ(run.verdict_of("relay"), "fail") << run.json();
    EXPECT_THAT(run.conclusion(), HasSubstr("9 h BEHIND"));
    EXPECT_THAT(text_of(run.json(), "symptom"), HasSubstr("`expired`"));
}

}  // namespace
}  // namespace relayauth::lab
