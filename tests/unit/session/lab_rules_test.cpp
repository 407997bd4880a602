#include "relayauth/session/lab_rules.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

using namespace std::chrono_literals;

lab_rule rule(std::string_view identity, lie what,
              std::optional<std::chrono::milliseconds> time = {}) {
    auto made = make_lab_rule(identity, what, time);
    EXPECT_TRUE(made.has_value()) << made.error();
    return made ? *std::move(made) : lab_rule();
}

TEST(Lie, HasOneWordThatIsReadBack) {
    for (std::size_t i = 0; i < lies; ++i) {
        const auto each = static_cast<lie>(i);
        EXPECT_EQ(parse_lie(to_text(each)), each);
    }
    for (const auto* none : {"", "Expired", "expired ", "late"}) EXPECT_FALSE(parse_lie(none));
}

TEST(Lie, SpoilsCredentialOrAnswerOrDelivery) {
    for (std::size_t i = 0; i < lies; ++i) {
        const auto each = static_cast<lie>(i);
        EXPECT_EQ(spoils_credential(each) + refuses(each) + spoils_delivery(each), 1)
            << to_text(each);
        EXPECT_EQ(takes_time(each), each == lie::lifetime || each == lie::delay);
    }
    EXPECT_TRUE(spoils_credential(lie::lifetime));
    EXPECT_TRUE(refuses(lie::server_busy) && refuses(lie::not_supported));
    EXPECT_TRUE(spoils_delivery(lie::delay));
}

TEST(LabRule, SaysWhatItIs) {
    EXPECT_EQ(rule("sip:bob@*", lie::expired).words, "lab rule: expired");
    EXPECT_EQ(rule("*", lie::lifetime, 10s).words, "lab rule: lifetime 10 s");
    EXPECT_EQ(rule("*", lie::delay, 2s).words, "lab rule: delay 2 s");
    EXPECT_EQ(rule("*", lie::delay, 1500ms).words, "lab rule: delay 1.5 s");
}

TEST(LabRule, TakesATimeOnlyWithinItsBounds) {
    EXPECT_FALSE(make_lab_rule("*", lie::expired, 1s).has_value());
    EXPECT_FALSE(make_lab_rule("*", lie::delay, std::nullopt).has_value());
    for (const auto good : {100ms, 60'000ms}) rule("*", lie::delay, good);
    for (const auto bad : {-1ms, 0ms, 99ms, 60'001ms})
        EXPECT_FALSE(make_lab_rule("*", lie::delay, bad).has_value());
    for (const auto good : {1'000ms, 86'400'000ms}) rule("*", lie::lifetime, good);
    for (const auto bad : {999ms, 86'400'001ms})
        EXPECT_FALSE(make_lab_rule("*", lie::lifetime, bad).has_value());
}

TEST(LabRule, TakesAPatternOfOneLineAndNotTooLong) {
    rule(std::string(255, 'x'), lie::expired);
    for (const auto& bad : {std::string(), std::string(256, 'x'), std::string("a\nb"),
                            std::string("\x7F"), std::string("a\0b", 3)}) {
        EXPECT_FALSE(make_lab_rule(bad, lie::expired, std::nullopt).has_value());
    }
}

TEST(LabRules, TheFirstThatFitsDecides) {
    lab_rules rules;
    EXPECT_TRUE(rules.empty());
    EXPECT_EQ(rules.find("sip:bob@example.test"), nullptr);
    rules.add(rule("sip:bob@*", lie::expired));
    rules.add(rule("sip:*", lie::forbidden));
    EXPECT_EQ(rules.find("sip:bob@example.test")->what, lie::expired);
    EXPECT_EQ(rules.find("sip:carol@example.test")->what, lie::forbidden);
    EXPECT_EQ(rules.find("tel:1"), nullptr);
}

TEST(LabRules, TheSamePatternTakesThePlaceOfTheOldOne) {
    lab_rules rules;
    rules.add(rule("sip:bob@*", lie::expired));
    rules.add(rule("sip:*", lie::forbidden));
    rules.add(rule("sip:bob@*", lie::reset));
    ASSERT_EQ(rules.all().size(), 2u);
    EXPECT_EQ(rules.all()[0].what, lie::reset);
    EXPECT_FALSE(rules.remove("sip:bob@"));
    EXPECT_TRUE(rules.remove("sip:bob@*"));
    EXPECT_EQ(rules.all().size(), 1u);
}

TEST(LabRules, AreAtMostAHundred) {
    lab_rules rules;
    for (std::size_t i = 0; i < most_lab_rules; ++i)
        EXPECT_TRUE(rules.add(rule(std::to_string(i), lie::expired)));
    EXPECT_FALSE(rules.add(rule("one more", lie::expired)));
    EXPECT_TRUE(rules.add(rule("7", lie::reset)));  // in the old one's place
}

}  // namespace
}  // namespace relayauth::session
