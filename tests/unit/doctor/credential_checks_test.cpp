#include "relayauth/doctor/checks.hpp"

#include "healthy.hpp"

#include <gmock/gmock.h>

namespace relayauth::doctor {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(CredentialCheck, FailsForAFormThatNoRelayCanRead) {
    auto seen = healthy();
    seen.credential->problem = "its username is no token";
    EXPECT_EQ(judge_credential(seen).verdict, verdict::fail);
    EXPECT_EQ(judge_validation(seen).verdict, verdict::skipped);
    seen = healthy();
    seen.credential->relays.clear();
    EXPECT_EQ(judge_credential(seen).verdict, verdict::warn);
}

class CredentialLife : public testing::Test {
protected:
    CredentialLife() { lives(0s, 8h); }
    // From and to: by the server's clock.
    void lives(ticks from, ticks to) {
        seen.credential->issued_at = seen.at + seen.clock->ahead + from;
        seen.credential->expires_at = seen.at + seen.clock->ahead + to;
    }
    check judged() const { return judge_credential(seen); }
    findings seen = healthy();
};

TEST_F(CredentialLife, IsNoUseWhenItIsOverSoonOrNotTheDuration) {
    EXPECT_EQ(judged().verdict, verdict::ok);
    lives(0s, 8h - 1min);
    EXPECT_EQ(judged().verdict, verdict::ok);
    lives(0s, 8h - 61s);
    EXPECT_EQ(judged().verdict, verdict::warn);
    lives(0s, 8h + 61s);
    EXPECT_EQ(judged().verdict, verdict::warn);
    seen.credential->duration_minutes = 1;
    lives(0s, 10s);
    EXPECT_EQ(judged().verdict, verdict::warn);
    EXPECT_THAT(judged().words, HasSubstr("for 1 min; its token ends in 10 s"));
    EXPECT_THAT(judged().troubles.front().user_sees, HasSubstr("until the client asks again"));
    seen.credential->duration_minutes = 10;
    lives(0s, 10min);
    EXPECT_EQ(judged().verdict, verdict::ok);
    lives(0s, 10min - ticks(1));
    EXPECT_EQ(judged().verdict, verdict::warn);
}

TEST_F(CredentialLife, FailsInThePastAndInTheFuture) {
    lives(-8h, 0s);
    EXPECT_EQ(judged().verdict, verdict::fail);
    EXPECT_THAT(judged().words, HasSubstr("EXPIRED"));
    seen.credential->relays.clear();
    EXPECT_EQ(judged().verdict, verdict::fail);
    lives(301s, 8h);
    EXPECT_EQ(judged().verdict, verdict::fail);
    EXPECT_THAT(judged().words, HasSubstr("begins only in 5 min 1 s"));
    seen = healthy();
    lives(301s, 8h);
    seen.credential->issued_at.reset();  // v1
    EXPECT_EQ(judged().verdict, verdict::ok);
}

TEST_F(CredentialLife, IsJudgedByTheClockOfTheServerThatMintedIt) {
    seen.clock->ahead = 8h;
    lives(0s, 8h);
    EXPECT_EQ(judged().verdict, verdict::ok);
    seen.date_clock = clock_reading{0s, 500ms, 1, clock_reading::source::date};
    EXPECT_EQ(judged().verdict, verdict::fail);
    seen.clock.reset();
    seen.date_clock.reset();
    EXPECT_EQ(judged().verdict, verdict::ok);  // nobody tells the time
}

}  // namespace
}  // namespace relayauth::doctor
