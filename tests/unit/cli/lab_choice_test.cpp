#include "relayauth/cli/lab_choice.hpp"

#include "relayauth/base/time_text.hpp"

#include <gtest/gtest.h>

namespace relayauth::cli {
namespace {

const wall_time winter = *parse_utc("2026-01-15T12:00:00Z");

std::string line_of(const clock_choice& chosen) {
    const auto command = command_of(chosen, winter);
    return command ? server::to_line(*command) : "refused: " + command.error();
}
std::string line_of(const rule_choice& chosen) {
    const auto command = command_of(chosen);
    return command ? server::to_line(*command) : "refused: " + command.error();
}
std::string drift(const std::string& text) {
    clock_choice chosen;
    chosen.drift = text;
    return line_of(chosen);
}
std::string rule(std::optional<std::string> what, std::optional<std::string> time = {}) {
    rule_choice chosen;
    chosen.identity = "sip:bob@*";
    chosen.what = std::move(what);
    chosen.time = std::move(time);
    return line_of(chosen);
}
bool refused(const std::string& line) {
    return line.starts_with("refused: ");
}

TEST(ClockChoice, BecomesACommand) {
    clock_choice chosen;
    EXPECT_TRUE(refused(line_of(chosen)));
    chosen.offset = "-5h30m";
    chosen.drift = "200ppm";
    EXPECT_EQ(line_of(chosen), R"({"command":"lab clock","offset_ms":-19800000,"drift_ppm":200})");
    chosen = {};
    chosen.zone = "America/Los_Angeles";
    EXPECT_EQ(line_of(chosen), R"({"command":"lab clock","offset_ms":-28800000})");
    chosen = {};
    chosen.reset = true;
    EXPECT_EQ(line_of(chosen), R"({"command":"lab clock","reset":true})");
}

TEST(ClockChoice, IsRefusedWhenItIsNoTimeOrZone) {
    clock_choice chosen;
    chosen.offset = "8";
    EXPECT_TRUE(refused(line_of(chosen)));
    chosen = {};
    chosen.zone = "America/Nowhere";
    EXPECT_TRUE(refused(line_of(chosen)));
}

TEST(ClockChoice, ReadsADriftInPartsPerMillion) {
    EXPECT_EQ(drift("-50ppm"), R"({"command":"lab clock","drift_ppm":-50})");
    EXPECT_EQ(drift("+500000ppm"), R"({"command":"lab clock","drift_ppm":500000})");
    for (const auto* none : {"", "ppm", "200", "1%", "500001ppm", "+-1ppm", "1.5ppm", "x1ppm"})
        EXPECT_TRUE(refused(drift(none))) << none;
}

TEST(RuleChoice, BecomesACommand) {
    EXPECT_EQ(rule("expired"), R"({"command":"lab rule","identity":"sip:bob@*","rule":"expired"})");
    EXPECT_EQ(rule("lifetime", "10s"),
              R"({"command":"lab rule","identity":"sip:bob@*","rule":"lifetime","ms":10000})");
    rule_choice chosen;
    chosen.remove = "sip:bob@*";
    EXPECT_EQ(line_of(chosen), R"({"command":"lab remove","identity":"sip:bob@*"})");
    chosen = {};
    chosen.clear = true;
    EXPECT_EQ(line_of(chosen), R"({"command":"lab clear"})");
}

TEST(ClockChoice, NamesTheBoundOfAnOffset) {
    clock_choice chosen;
    chosen.offset = "+40000d";
    EXPECT_EQ(line_of(chosen),
              "refused: --offset +40000d: must be a duration of at most 100 years, as +8h or "
              "-5h30m");
}

TEST(RuleChoice, SaysWhatIsMissingAndHowATimeIsWritten) {
    EXPECT_TRUE(rule(std::nullopt).starts_with("refused: WHAT is missing: one of expired, "))
        << rule(std::nullopt);
    EXPECT_TRUE(rule("late").ends_with(", reset, not late")) << rule("late");
    EXPECT_EQ(rule("delay", "0.1s"),
              "refused: TIME must be a duration in whole numbers, as 10s or 100ms: 0.1s");
    EXPECT_EQ(rule("delay", "100ms"),
              R"({"command":"lab rule","identity":"sip:bob@*","rule":"delay","ms":100})");
}

TEST(RuleChoice, IsRefusedWhenItSaysTooLittleOrTooMuch) {
    EXPECT_TRUE(refused(line_of(rule_choice{})));
    EXPECT_TRUE(refused(rule(std::nullopt)));
    EXPECT_TRUE(refused(rule("late")));
    EXPECT_TRUE(refused(rule("delay")));
    EXPECT_TRUE(refused(rule("delay", "soon")));
    EXPECT_TRUE(refused(rule("expired", "1s")));
    rule_choice both;
    both.clear = true;
    both.remove = "*";
    EXPECT_TRUE(refused(line_of(both)));
}

}  // namespace
}  // namespace relayauth::cli
