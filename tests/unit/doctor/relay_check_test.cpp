#include "healthy.hpp"
#include "relayauth/doctor/checks.hpp"

#include <gmock/gmock.h>

namespace relayauth::doctor {
namespace {

using step = relay_findings::step;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class RelayCheck : public testing::Test {
protected:
    check at(step reached) {
        seen.relay = "relay.example.test:3478";
        relay.reached = reached;
        seen.relayed = relay;
        return judge_relay(seen);
    }
    findings seen = healthy();
    relay_findings relay;
};

TEST_F(RelayCheck, IsSkippedWithoutARelayOrACredential) {
    EXPECT_EQ(judge_relay(seen).verdict, verdict::skipped);
    seen.relay = "relay.example.test:3478";
    EXPECT_EQ(judge_relay(seen).verdict, verdict::skipped);
}

TEST_F(RelayCheck, BlamesTheNameThatHasNoAddress) {
    relay.trouble = "cannot find the host relay.example.test";
    const auto made = at(step::no_address);
    EXPECT_EQ(made.verdict, verdict::fail);
    EXPECT_THAT(made.troubles.front().headline, HasSubstr("has no address"));
    EXPECT_THAT(made.troubles.front().remedy,
                AllOf(HasSubstr("mend DNS"), Not(HasSubstr("firewall"))));
}

TEST_F(RelayCheck, SaysWhichCredentialWorked) {
    relay.used = "a TURN REST name";
    relay.released = true;
    const auto made = at(step::done);
    EXPECT_EQ(made.verdict, verdict::ok);
    EXPECT_THAT(made.words, HasSubstr("accepts a TURN REST name"));
    relay.released = false;
    EXPECT_EQ(at(step::done).verdict, verdict::warn);
}

TEST_F(RelayCheck, NeverCallsARelayWellThatRefusesWhatUsersGet) {
    seen.credential->relay_addresses = {"other.example.test:3478"};
    relay.used = "a TURN REST name";
    relay.token_refused = relay.released = true;
    auto made = at(step::done);
    EXPECT_EQ(made.verdict, verdict::warn);
    EXPECT_THAT(made.words, AllOf(HasSubstr("accepts a TURN REST name"),
                                  HasSubstr("it refused the MRAS token")));
    ASSERT_EQ(made.troubles.size(), 1u);
    EXPECT_THAT(made.troubles[0].symptom, HasSubstr("401"));
    EXPECT_THAT(made.troubles[0].remedy,
                AllOf(HasSubstr("--redis-listen"), HasSubstr("relayauth::verify")));
    relay.peer_forbidden = true;
    EXPECT_EQ(at(step::not_relayed).troubles.size(), 2u);
    relay.peer_forbidden = false;
    EXPECT_EQ(at(step::not_relayed).verdict, verdict::fail);
    // One that the server sends users to.
    seen.credential->relay_addresses.emplace_back("Relay.Example.test:3478");
    EXPECT_EQ(at(step::done).verdict, verdict::fail);
    relay.released = false;
    EXPECT_EQ(at(step::done).verdict, verdict::fail);
}

TEST_F(RelayCheck, FailsForAllElse) {
    for (const auto each :
         {step::none, step::open, step::not_turn, step::refused, step::not_relayed}) {
        EXPECT_EQ(at(each).verdict, verdict::fail);
        EXPECT_EQ(at(each).troubles.size(), 1u);
    }
    relay.peer_forbidden = true;
    EXPECT_EQ(at(step::not_relayed).verdict, verdict::warn);
}

TEST_F(RelayCheck, ShowsNothingThatATerminalObeys) {
    relay.trouble = relay.realm = "\x1b[2J";
    for (const auto each : {step::none, step::not_turn, step::refused, step::not_relayed}) {
        EXPECT_THAT(at(each).words, Not(HasSubstr("\x1b")));
    }
}

}  // namespace
}  // namespace relayauth::doctor
