#include "relayauth/doctor/checks.hpp"

#include "healthy.hpp"

#include <gmock/gmock.h>

#include <utility>

namespace relayauth::doctor {
namespace {

using namespace std::chrono_literals;
using client::failure_kind;
using testing::AllOf;
using testing::HasSubstr;
using door = rpc_findings::door;

TEST(ValidationCheck, FailsForAServerThatDoesNotBelieveItself) {
    auto seen = healthy();
    seen.rpc->refused = "not_yet_valid";
    EXPECT_EQ(judge_validation(seen).verdict, verdict::fail);
    EXPECT_THAT(judge_validation(seen).words, HasSubstr("not_yet_valid"));
}

TEST(ValidationCheck, FailsForAServerThatTakesAnyPassword) {
    auto seen = healthy();
    seen.rpc->wrong_password_refused = false;
    EXPECT_EQ(judge_validation(seen).verdict, verdict::fail);
}

TEST(ValidationCheck, SkipsAServerWithoutRpcWithWords) {
    auto seen = healthy();
    seen.rpc->is = door::none;
    EXPECT_EQ(judge_validation(seen).verdict, verdict::skipped);
    EXPECT_THAT(judge_validation(seen).words, HasSubstr("nor does an original Edge"));
}

// One of several servers behind a name is down: users meet it by chance.
TEST(ValidationCheck, TellsOfAConnectionThatCameToNothing) {
    auto seen = healthy();
    seen.rpc->broke = {{"closed", failure_kind::no_handshake}, false, 1ms};
    auto made = judge_validation(seen);
    EXPECT_EQ(made.verdict, verdict::warn);
    EXPECT_THAT(made.words, HasSubstr("good, signed by"));
    EXPECT_THAT(made.troubles.front().headline,
                AllOf(HasSubstr("was reset or closed"), HasSubstr("one of several servers")));
    seen.rpc->broke->unanswered = true;
    seen.rpc->broke->waited = 1501ms;
    EXPECT_THAT(judge_validation(seen).words, HasSubstr("was not answered within 1.5 s"));
    seen.rpc->is = door::broken;
    EXPECT_EQ(judge_validation(seen).verdict, verdict::fail);
    seen.credential.reset();
    seen.rpc->is = door::open;
    EXPECT_EQ(judge_validation(seen).verdict, verdict::warn);
}

TEST(ValidationCheck, DoesNotTakeALateAnswerForNoRpc) {
    auto seen = healthy();
    seen.rpc->is = door::late;
    seen.rpc->broke = {{"", failure_kind::silent}, true, 4940ms};
    EXPECT_EQ(judge_validation(seen).verdict, verdict::warn);
    EXPECT_THAT(judge_validation(seen).words, HasSubstr("the time that was left (4.9 s)"));
}

TEST(KeyCheck, BelievesTheSignatureMoreThanWhatTheServerSays) {
    auto seen = healthy();
    seen.key = key_findings{"cert.pem", "0123abcd", "0123abcd", false};
    EXPECT_EQ(judge_key(seen).verdict, verdict::fail);
    seen.key = key_findings{"cert.pem", "0123abcd", "ffffffff", true};
    EXPECT_EQ(judge_key(seen).verdict, verdict::ok);
    seen.key = key_findings{"cert.pem", "0123abcd", "ffffffff", std::nullopt};
    EXPECT_EQ(judge_key(seen).verdict, verdict::fail);
    seen.key = key_findings{"cert.pem", "0123abcd", "0123abcd", std::nullopt};
    EXPECT_EQ(judge_key(seen).verdict, verdict::ok);
}

TEST(KeyCheck, WarnsOfAComparisonThatCouldNotBeMade) {
    auto seen = healthy();
    seen.key = key_findings{"cert.pem", "0123abcd", "", std::nullopt};
    for (const auto& [is, why] : {std::pair{door::none, "does not speak rpc"},
                                  std::pair{door::broken, "was not answered"}}) {
        seen.rpc->is = is;
        EXPECT_EQ(judge_key(seen).verdict, verdict::warn);
        EXPECT_THAT(judge_key(seen).words, AllOf(HasSubstr("NOT compared"), HasSubstr(why)));
        EXPECT_THAT(judge_key(seen).troubles.front().remedy, HasSubstr("--key"));
    }
    seen.credential.reset();
    EXPECT_EQ(judge_key(seen).verdict, verdict::skipped);
    seen.service.reset();
    EXPECT_EQ(judge_key(seen).words, "not reached");
}

}  // namespace
}  // namespace relayauth::doctor
