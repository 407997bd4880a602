#include "relayauth/session/context.hpp"

#include "talk.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace relayauth::session {
namespace {

TEST(Context, GivesTagsOf16HexDigitsAndNeverOneTwice) {
    world here;
    std::set<std::string> seen;
    for (int i = 0; i < 10'000; ++i) {
        const std::string tag(here.ctx.next_tag());
        ASSERT_EQ(tag.size(), 16u);
        ASSERT_EQ(tag.find_first_not_of("0123456789abcdef"), std::string::npos) << tag;
        ASSERT_TRUE(seen.insert(tag).second) << tag;
    }
}

TEST(Context, GivesOtherTagsFromAnotherSeed) {
    recorder events;
    const auto in_force = make_settings();
    context one(in_force, events, 1), two(in_force, events, 2);
    EXPECT_NE(std::string(one.next_tag()), std::string(two.next_tag()));
}

TEST(Context, DateFollowsTheClockInBothDirections) {
    world here;
    const auto date = [&here](std::int64_t unix_seconds, int milliseconds) {
        return std::string(here.ctx.date(wall_time::from_unix(
            std::chrono::seconds(unix_seconds), std::chrono::milliseconds(milliseconds))));
    };
    EXPECT_EQ(date(1'795'339'854, 0), "Sun, 22 Nov 2026 09:30:54 GMT");
    EXPECT_EQ(date(1'795'339'854, 999), "Sun, 22 Nov 2026 09:30:54 GMT");
    EXPECT_EQ(date(1'795'339'855, 0), "Sun, 22 Nov 2026 09:30:55 GMT");
    EXPECT_EQ(date(1'795'339'853, 999), "Sun, 22 Nov 2026 09:30:53 GMT");
}

TEST(Context, KnowsTheDateInTheLastSecondOf1969Too) {
    world here;
    EXPECT_EQ(here.ctx.date(wall_time::from_unix(std::chrono::seconds(-1))),
              "Wed, 31 Dec 1969 23:59:59 GMT");
}

// Keys are read again while a lab goes on.
TEST(Context, KeepsTheLabWhenTheSettingsAreReplaced) {
    auto begun_with = make_settings();
    begun_with->clock_offset = std::chrono::hours(1);
    world here(begun_with);
    EXPECT_EQ(here.ctx.lab().clock_offset, ticks(std::chrono::hours(1)));
    lab_settings lab{std::chrono::hours(8), true};
    lab.rules.add(*make_lab_rule("sip:bob@*", lie::expired, std::nullopt));
    here.ctx.replace_lab(std::make_shared<const lab_settings>(lab));
    here.ctx.replace(make_settings());
    EXPECT_EQ(here.ctx.lab().clock_offset, ticks(std::chrono::hours(8)));
    EXPECT_NE(here.ctx.rule_for("sip:bob@example.test"), nullptr);
    EXPECT_EQ(here.ctx.rule_for("sip:alice@example.test"), nullptr);
}

TEST(Context, ReplacesTheSettingsInForce) {
    world here;
    const auto other = make_settings();
    here.ctx.replace(other);
    EXPECT_EQ(&here.ctx.now_in_force(), other.get());
}

}  // namespace
}  // namespace relayauth::session
