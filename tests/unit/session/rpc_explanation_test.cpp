// Explain of proto/relayauth/v1/relay_auth.proto.
#include "relayauth/session/rpc_explanation.hpp"

#include "rpc_world.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

namespace hand_made = credential::hand_made;
using credential::refusal;

std::string explain_frame(std::uint64_t id, std::string_view fields) {
    return frame(number_field(1, id) + text_field(8, fields));
}

rpc::explained explained_in(std::string_view octets) {
    const auto got = only_rpc_reply(octets);
    const auto* found = std::get_if<rpc::explained>(&got.result);
    EXPECT_NE(found, nullptr);
    return found == nullptr ? rpc::explained() : *found;
}

std::string at_field(wall_time at) {
    std::string made = "\x21";  // field 4, fixed64
    for (unsigned i = 0; i < 8; ++i) made += static_cast<char>(at.filetime() >> 8 * i & 0xFF);
    return made;
}

const auto username =
    hand_made::username(now_2026 + std::chrono::hours(8), hand_made::flags_of_8_hours);

TEST(Explain, TellsWhoseItIsAndWhetherItIsGood) {
    rpc_world here;
    const auto told = explained_in(here.line.say(
        explain_frame(5, text_field(1, username) + text_field(3, "sip:alice@example.test"))));
    EXPECT_EQ(told.as_given.not_a_credential, "");
    EXPECT_EQ(told.as_given.token_version, 2u);
    EXPECT_EQ(told.as_given.issued_at, now_2026);
    EXPECT_EQ(told.as_given.key_id, "notes");
    EXPECT_EQ(told.as_given.identity_fits, true);
    ASSERT_EQ(told.as_given.verdicts.size(), 1u);
    EXPECT_EQ(told.as_given.verdicts[0].at, now_2026);
    EXPECT_FALSE(told.as_given.verdicts[0].refused);
    const auto event = here.only_event();
    EXPECT_EQ(event.what, event::kind::explained);
    EXPECT_EQ(event.key_id, "notes");
    EXPECT_EQ(event.reason, std::nullopt);
    EXPECT_NE(event.detail, "");
}

TEST(Explain, JudgesByAnotherClockBesideItsOwn) {
    rpc_world here;
    const auto later = now_2026 + std::chrono::hours(9);
    const auto told =
        explained_in(here.line.say(explain_frame(5, text_field(1, username) + at_field(later))));
    ASSERT_EQ(told.as_given.verdicts.size(), 2u);
    EXPECT_EQ(told.as_given.verdicts[0].at, later);
    EXPECT_EQ(told.as_given.verdicts[0].why, rpc::reason::expired);
    EXPECT_EQ(told.as_given.verdicts[1].at, now_2026);
    EXPECT_FALSE(told.as_given.verdicts[1].refused);
    EXPECT_EQ(here.only_event().reason, std::nullopt);  // by its own clock
}

TEST(Explain, NamesAMistakeAndReadsTheMendedText) {
    rpc_world here;
    const auto told = explained_in(here.line.say(explain_frame(5, text_field(1, username + "\n"))));
    ASSERT_EQ(told.mistakes.size(), 1u);
    EXPECT_EQ(told.mistakes[0].name, "white_space");
    EXPECT_EQ(told.mended_username, username);
    ASSERT_TRUE(told.mended);
    EXPECT_EQ(told.mended->key_id, "notes");
    EXPECT_EQ(here.only_event().reason, refusal::malformed);
}

TEST(Explain, GoesByTheSettingsInForceAndNamesAClockOffset) {
    auto chosen = make_settings();
    chosen->clock_offset = std::chrono::hours(8);
    chosen->validate.time.expiry_grace = std::chrono::hours(1);
    rpc_world here(chosen);
    const auto told = explained_in(
        here.line.say(explain_frame(5, text_field(1, username)), now_2026 + std::chrono::hours(8)));
    EXPECT_EQ(told.expiry_grace, std::chrono::hours(1));
    EXPECT_EQ(told.clock_offset_setting, std::chrono::hours(8));
    EXPECT_FALSE(told.as_given.verdicts.at(0).refused);
    EXPECT_NE(told.as_given.verdicts.at(0).words.find("moved on purpose by +8 h"),
              std::string::npos);
}

TEST(Explain, HoldsNoKeyMaterialAndNoPassword) {
    rpc_world here(with_turn_rest({"one"}));
    for (const auto& text : {username, std::string(hand_made::v2_password)}) {
        const auto reply = here.line.say(
            explain_frame(5, text_field(1, text) + text_field(2, hand_made::v1_password)));
        EXPECT_EQ(reply.find(hand_made::v2_password), std::string::npos);
        EXPECT_EQ(reply.find(hand_made::v1_password), std::string::npos);
        EXPECT_EQ(reply.find("01010101"), std::string::npos);
    }
}

// A clock that is held is when people ask what became of their credentials.
TEST(Explain, IsAnsweredWhileTheClockIsHeldAndNotAtALimit) {
    rpc_world here;
    here.ctx.busy_because = "at a limit";
    const auto asked = explain_frame(5, text_field(1, username));
    EXPECT_EQ(refusal_in(here.line.say(asked), 5).why, rpc::reason::busy);
    EXPECT_EQ(here.events.all.back().what, event::kind::request_refused);
    here.ctx.busy_because = "this server's clock is held";
    here.ctx.clock_held = true;
    const auto other = at_field(now_2026 + std::chrono::hours(1));
    const auto told =
        explained_in(here.line.say(explain_frame(5, text_field(1, username + "\n") + other)));
    for (const auto& read : {told.as_given, told.mended.value()}) {
        EXPECT_EQ(read.verdicts.at(0).words.find("held"), std::string::npos);  // by another clock
        EXPECT_TRUE(read.verdicts.at(1).words.ends_with("; but this server's clock is held"));
    }
}

}  // namespace
}  // namespace relayauth::session
