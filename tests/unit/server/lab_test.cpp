#include "relayauth/server/lab.hpp"

#include "fake_clock.hpp"
#include "log_capture.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

using namespace std::chrono_literals;
using outcome = admin_reply::outcome;

// A lab whose publications are kept.
struct bench {
    explicit bench(options from) : chosen(std::move(from)) {}
    static options with_lab() {
        options made;
        made.lab = true;
        made.realms = {"example.test"};
        return made;
    }

    options chosen;
    fake_clock clock{chosen.clock_offset};
    log output{log_format::text};
    std::shared_ptr<const session::lab_settings> told;
    lab subject{chosen, clock, output, [this](auto next) { told = std::move(next); }};
};

add_rule rule(std::string_view identity, session::lie what = session::lie::expired) {
    return add_rule{*session::make_lab_rule(identity, what, std::nullopt)};
}

TEST(Lab, RefusesALifetimeThatNoCredentialHas) {
    auto chosen = bench::with_lab();
    chosen.max_lifetime = 60min;
    bench here(chosen);
    const auto lifetime = [](std::chrono::milliseconds time) {
        return add_rule{*session::make_lab_rule("*", session::lie::lifetime, time)};
    };
    const auto refused = here.subject.obey(lifetime(60min + 1ms));
    EXPECT_EQ(refused.what, outcome::refused);
    EXPECT_NE(refused.words.find("longer than 1 h (--max-lifetime)"), std::string::npos);
    EXPECT_TRUE(refused.rules.empty());
    EXPECT_EQ(here.subject.obey(lifetime(60min)).what, outcome::done);
}

TEST(Lab, WithoutLabRefusesEverythingAndChangesNothing) {
    bench here{options()};
    for (const admin_command& each :
         {admin_command(move_clock{8h, std::nullopt}), admin_command(reset_clock{}),
          admin_command(rule("*")), admin_command(remove_rule("*")), admin_command(clear_rules{}),
          admin_command(list_lab{})}) {
        const auto reply = here.subject.obey(each);
        EXPECT_EQ(reply.what, outcome::refused);
        EXPECT_NE(reply.words.find("without --lab"), std::string::npos);
        EXPECT_FALSE(reply.lab);
    }
    EXPECT_EQ(here.told, nullptr);
    EXPECT_EQ(here.clock.offset(), ticks{0});
}

TEST(Lab, IsMadeKnownFromTheBeginningIfThereIsOne) {
    bench without{options()};
    without.subject.begin();
    EXPECT_EQ(without.told, nullptr);
    auto chosen = bench::with_lab();
    chosen.clock_offset = 1h;
    bench here(chosen);
    here.subject.begin();
    ASSERT_NE(here.told, nullptr);
    EXPECT_TRUE(here.told->on);
    EXPECT_EQ(here.told->clock_offset, ticks(1h));
}

TEST(Lab, MovesTheClockAndTellsTheSessions) {
    bench here{bench::with_lab()};
    const auto reply = here.subject.obey(move_clock{-8h, std::nullopt});
    EXPECT_EQ(reply.what, outcome::done);
    EXPECT_EQ(reply.clock_offset, ticks(-8h));
    EXPECT_EQ(here.clock.offset(), ticks(-8h));
    ASSERT_NE(here.told, nullptr);
    EXPECT_EQ(here.told->clock_offset, ticks(-8h));
    EXPECT_TRUE(here.told->on);
}

TEST(Lab, ResetIsBackToTheOffsetOfTheStart) {
    auto chosen = bench::with_lab();
    chosen.clock_offset = 1h;
    bench here(chosen);
    here.subject.obey(move_clock{8h, 200});
    const auto reply = here.subject.obey(reset_clock{});
    EXPECT_EQ(reply.clock_offset, ticks(1h));
    EXPECT_EQ(reply.drift_ppm, 0);
    EXPECT_EQ(here.told->clock_offset, ticks(1h));
}

TEST(Lab, OffsetAndDriftCombineAndEachLeavesTheOther) {
    bench here{bench::with_lab()};
    here.subject.obey(move_clock{8h, std::nullopt});
    const auto drifting = here.subject.obey(move_clock{std::nullopt, 200});
    EXPECT_EQ(drifting.drift_ppm, 200);
    EXPECT_EQ(drifting.clock_offset, ticks(8h));
    const auto moved = here.subject.obey(move_clock{-1h, std::nullopt});
    EXPECT_EQ(moved.drift_ppm, 200);
    EXPECT_EQ(moved.clock_offset, ticks(-1h));
}

TEST(Lab, TellsTheSessionsOfADriftOncePerSecondOfIt) {
    bench here{bench::with_lab()};
    here.subject.on_tick();
    EXPECT_EQ(here.told, nullptr);
    here.clock.move(ticks(999ms), 0);
    here.subject.on_tick();
    EXPECT_EQ(here.told, nullptr);
    here.clock.move(ticks(-1s), 0);
    here.subject.on_tick();
    ASSERT_NE(here.told, nullptr);
    EXPECT_EQ(here.told->clock_offset, ticks(-1s));
}

TEST(Lab, KeepsRulesUntilTheyAreRemoved) {
    bench here{bench::with_lab()};
    here.subject.obey(rule("sip:bob@*"));
    const auto two = here.subject.obey(rule("sip:*", session::lie::reset));
    EXPECT_EQ(two.rules.size(), 2u);
    EXPECT_EQ(here.told->rules.find("sip:bob@example.test")->what, session::lie::expired);
    ASSERT_NE(here.told->other_keys, nullptr);
    EXPECT_NE(here.told->other_keys->entries()[0].key.turn_rest_in("example.test"), nullptr);
    EXPECT_EQ(here.subject.obey(remove_rule("sip:x")).what, outcome::refused);
    EXPECT_EQ(here.subject.obey(remove_rule("sip:bob@*")).rules.size(), 1u);
    EXPECT_EQ(here.subject.obey(clear_rules{}).rules.size(), 0u);
    EXPECT_TRUE(here.told->rules.empty());
}

TEST(Lab, RefusesMoreRulesThanAHundred) {
    bench here{bench::with_lab()};
    for (std::size_t i = 0; i < session::most_lab_rules; ++i)
        here.subject.obey(rule(std::to_string(i)));
    EXPECT_EQ(here.subject.obey(rule("one more")).what, outcome::refused);
}

TEST(Lab, SaysInTheLogWhatIsWrongButNamesNobody) {
    const auto lines = lines_of(log_format::text, [](log& output) {
        const auto chosen = bench::with_lab();
        fake_clock clock;
        lab subject(chosen, clock, output, [](auto) {});
        subject.obey(move_clock{8h, std::nullopt});
        subject.obey(rule("sip:bob@example.test"));
        subject.obey(reset_clock{});
    });
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_NE(lines[0].find(" warning lab_clock "), std::string::npos) << lines[0];
    EXPECT_NE(lines[0].find("clock_offset=\"+8 h\""), std::string::npos) << lines[0];
    EXPECT_NE(lines[1].find("rules=1 words=\"lab rule: expired\""), std::string::npos) << lines[1];
    EXPECT_EQ(lines[1].find("bob"), std::string::npos);
    EXPECT_NE(lines[2].find("the machine's again"), std::string::npos) << lines[2];
}

}  // namespace
}  // namespace relayauth::server
