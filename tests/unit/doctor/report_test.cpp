#include "relayauth/doctor/report.hpp"

#include "healthy.hpp"

#include <gmock/gmock.h>

namespace relayauth::doctor {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(Report, CallsAHealthyServerWell) {
    const auto made = write_report(healthy());
    EXPECT_EQ(made.conclusion.state, health::well);
    EXPECT_EQ(made.conclusion.headline, "all is well");
    EXPECT_TRUE(made.conclusion.next.empty());
    EXPECT_EQ(made.clock->ahead, ticks(1ms));
}

TEST(Report, TellsWhatUsersSeeOfAFailure) {
    auto seen = healthy();
    seen.clock->ahead = 8h;
    const auto made = write_report(seen);
    EXPECT_EQ(made.conclusion.state, health::hurt);
    EXPECT_THAT(made.conclusion.user_sees, HasSubstr("Limited External Calling"));
    EXPECT_THAT(made.conclusion.headline, HasSubstr("8 h AHEAD"));
}

TEST(Report, OfAWarningAloneAsksForAttention) {
    auto seen = healthy();
    seen.clock->ahead = 10s;
    EXPECT_EQ(write_report(seen).conclusion.state, health::attention);
}

TEST(Report, ScaresNobodyWithWhatUsersDoNotSee) {
    auto seen = healthy();
    seen.relay = "relay.example.test:3478";
    seen.relayed.emplace().reached = relay_findings::step::open;
    EXPECT_THAT(write_report(seen).conclusion.user_sees, HasSubstr("nothing"));
    seen.clock->ahead = 8h;
    EXPECT_THAT(write_report(seen).conclusion.user_sees, HasSubstr("Limited External Calling"));
}

check failing(trouble::weight weight, const std::string& name) {
    return {name, verdict::fail, "", {}, {{weight, name, "symptom of " + name, "mend " + name}}};
}

TEST(Conclusion, TellsTheCauseBeforeItsEffects) {
    using weight = trouble::weight;
    const auto said = conclude({failing(weight::relay, "relay"), failing(weight::clock, "clock"),
                                failing(weight::refused, "refusal")});
    EXPECT_EQ(said.headline, "clock");
    EXPECT_EQ(said.symptom, "symptom of clock");
    EXPECT_THAT(said.next, ElementsAre("mend clock", "mend refusal", "mend relay"));
}

TEST(Conclusion, SaysOnceWhatIsToBeDone) {
    const auto one = failing(trouble::weight::judge, "pool");
    EXPECT_THAT(conclude({one, one}).next, ElementsAre("mend pool"));
}

TEST(Conclusion, TellsWhatFailsBeforeWhatIsOnlyToBeNoted) {
    auto warned = failing(trouble::weight::clock, "warned");
    warned.verdict = verdict::warn;
    const auto said = conclude({warned, failing(trouble::weight::slow, "slow")});
    EXPECT_EQ(said.headline, "slow");
    EXPECT_EQ(said.state, health::hurt);
}

}  // namespace
}  // namespace relayauth::doctor
