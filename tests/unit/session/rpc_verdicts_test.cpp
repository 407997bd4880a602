// Validate of proto/relayauth/v1/relay_auth.proto.
#include "relayauth/session/rpc_verdicts.hpp"

#include "rpc_world.hpp"

#include "relayauth/base/base64.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

namespace hand_made = credential::hand_made;
using credential::refusal;
using rpc::reason;

constexpr auto eight_hours = std::chrono::hours(8);

std::string username_issued_at(wall_time when) {
    return hand_made::username(when + eight_hours, hand_made::flags_of_8_hours);
}

TEST(Validate, FindsWhatIssueMintedGoodWithEverythingBeside) {
    rpc_world here(make_settings({"one"}));
    const auto got = credential_in(here.line.say(issue(5)), 5);
    here.events.all.clear();
    const auto verdict =
        here.verdict_on(item(got.username, text_field(2, got.password) + text_field(3, "one") +
                                               text_field(4, "sip:alice@example.test")));
    const auto* good = std::get_if<rpc::received_good_credential>(&verdict);
    ASSERT_NE(good, nullptr);
    EXPECT_EQ(good->key_id, "notes");
    EXPECT_EQ(good->issued_at, got.issued_at);
    EXPECT_EQ(good->expires_at, got.expires_at);
    EXPECT_EQ(good->remaining, got.expires_at - now_2026);
    EXPECT_EQ(good->token_version, 2u);
    const auto event = here.only_event();
    EXPECT_EQ(event.what, event::kind::validated);
    EXPECT_EQ(event.reason, std::nullopt);
    EXPECT_EQ(event.detail, "");
}

TEST(Validate, CountsTheGraceIntoWhatRemains) {
    auto chosen = make_settings();
    chosen->validate.time.expiry_grace = std::chrono::minutes(10);
    rpc_world here(chosen);
    const auto a_minute_late = username_issued_at(now_2026 - eight_hours - std::chrono::minutes(1));
    const auto verdict = here.verdict_on(item(a_minute_late));
    const auto* good = std::get_if<rpc::received_good_credential>(&verdict);
    ASSERT_NE(good, nullptr);
    EXPECT_EQ(good->remaining, ticks(std::chrono::minutes(9)));
}

TEST(Validate, EndsWhatRemainsWithTheKey) {
    auto chosen = make_settings();
    chosen->keys = hand_made::ring_of(
        hand_made::verifying(hand_made::key(), now_2026 + std::chrono::hours(1)));
    rpc_world here(chosen);
    const auto good = here.good(item(username_issued_at(now_2026)));
    EXPECT_EQ(good.expires_at, now_2026 + eight_hours);
    EXPECT_EQ(good.remaining, ticks(std::chrono::hours(1)));
}

TEST(Validate, SaysTheFirstThingThatIsWrong) {
    rpc_world here(make_settings({"one"}));
    const auto all_wrong = text_field(2, "x") + text_field(3, "two") + text_field(4, "sip:b@c");
    const auto realm_right = text_field(2, "x") + text_field(3, "one") + text_field(4, "sip:b@c");
    const auto password_wrong = text_field(2, "x") + text_field(4, "sip:alice@example.test");
    const auto good = username_issued_at(now_2026);
    auto foreign = hand_made::blob(now_2026 + eight_hours, hand_made::flags_of_8_hours);
    const auto unknown = encode_base64(hand_made::signed_blob(foreign, hand_made::key("other", 1)));
    foreign[1] = 1;
    const auto minor_1 = encode_base64(hand_made::signed_blob(foreign, hand_made::key()));

    EXPECT_EQ(here.refused(item("", all_wrong)).why, reason::malformed);
    EXPECT_EQ(here.refused(item("no base64", all_wrong)).why, reason::malformed);
    EXPECT_EQ(here.refused(item(minor_1, all_wrong)).why, reason::unsupported_version);
    EXPECT_EQ(here.refused(item(unknown, all_wrong)).why, reason::unknown_key);
    EXPECT_EQ(here.refused(item(username_issued_at(wall_time(1)), all_wrong)).why, reason::expired);
    EXPECT_EQ(here.refused(item(good, all_wrong)).why, reason::wrong_realm);
    EXPECT_EQ(here.refused(item(good, realm_right)).why, reason::wrong_identity);
    EXPECT_EQ(here.refused(item(good, password_wrong)).why, reason::wrong_password);
    EXPECT_EQ(here.refused(item(good, text_field(2, ""))).why, reason::wrong_password);
    EXPECT_EQ(here.events.all.size(), 9u);
}

TEST(Validate, ARefusalForTimeCarriesBothClocksAndTheOffset) {
    auto chosen = make_settings();
    chosen->clock_offset = -std::chrono::hours(8);
    rpc_world here(chosen);
    const auto ahead = now_2026 + eight_hours;
    const auto refused = here.refused(item(username_issued_at(ahead)));
    EXPECT_EQ(refused.why, reason::not_yet_valid);
    EXPECT_EQ(refused.server_time, now_2026);
    EXPECT_EQ(refused.issued_at, ahead);
    EXPECT_EQ(refused.expires_at, ahead + eight_hours);
    EXPECT_EQ(refused.offset, ticks(-eight_hours));
    EXPECT_EQ(refused.clock_offset_setting, ticks(-eight_hours));
    EXPECT_NE(refused.words.find("looks like a time zone error of -8 h"), std::string::npos)
        << refused.words;
    EXPECT_NE(refused.words.find(now_text), std::string::npos) << refused.words;
    EXPECT_NE(refused.words.find("--clock-offset"), std::string::npos) << refused.words;
    const auto event = here.only_event();
    EXPECT_EQ(event.what, event::kind::validate_refused);
    EXPECT_EQ(event.reason, refusal::not_yet_valid);
    EXPECT_EQ(event.detail, refused.words);
}

TEST(Validate, KnowsTheEdgesOfTimeToTheTick) {
    rpc_world here;
    const auto judge = [&here](wall_time issued) {
        const auto verdict = here.verdict_on(item(username_issued_at(issued)));
        const auto* refused = std::get_if<rpc::received_refusal>(&verdict);
        return refused == nullptr ? std::optional<reason>() : refused->why;
    };
    const ticks tolerance = std::chrono::seconds(300), tick(1);
    EXPECT_EQ(judge(now_2026 + tolerance + tick), reason::not_yet_valid);
    EXPECT_EQ(judge(now_2026 + tolerance), std::nullopt);
    EXPECT_EQ(judge(now_2026 - eight_hours + tick), std::nullopt);
    EXPECT_EQ(judge(now_2026 - eight_hours), reason::expired);
}

TEST(Validate, FindsAVersion1TokenMintedAheadOnlyByItsExpiry) {
    rpc_world here;
    const auto expiring = [](ticks from_now) {
        return item(hand_made::username(now_2026 + from_now, std::nullopt));
    };
    const ticks bound = eight_hours + std::chrono::seconds(300);
    const auto good = here.verdict_on(expiring(bound));
    ASSERT_TRUE(std::holds_alternative<rpc::received_good_credential>(good));
    EXPECT_EQ(std::get<rpc::received_good_credential>(good).token_version, 1u);
    EXPECT_EQ(std::get<rpc::received_good_credential>(good).issued_at, std::nullopt);
    const auto refused = here.refused(expiring(bound + ticks(1)));
    EXPECT_EQ(refused.why, reason::minted_ahead);
    EXPECT_EQ(refused.offset, std::nullopt);
    EXPECT_EQ(refused.issued_at, std::nullopt);
}

TEST(Validate, AnswersAThousandItemsInTheirOrder) {
    rpc_world here;
    const auto good = item(username_issued_at(now_2026));
    const auto bad = item(username_issued_at(wall_time(1)));
    std::string items;
    for (int i = 0; i < 1000; ++i) items += i % 3 == 0 ? good : bad;
    const auto verdicts = verdicts_in(here.line.say(validate(5, items)), 5);
    ASSERT_EQ(verdicts.size(), 1000u);
    for (std::size_t i = 0; i < 1000; ++i) {
        EXPECT_EQ(verdicts[i].index(), i % 3 == 0 ? 0u : 1u) << i;
    }
    EXPECT_EQ(here.events.all.size(), 1000u);
    EXPECT_TRUE(verdicts_in(here.line.say(validate(6, "")), 6).empty());
}

TEST(Validate, TriesOlderKeysUntilTheyRetire) {
    auto chosen = make_settings();
    const auto made = [] {
        return encode_base64(hand_made::signed_blob(
            hand_made::blob(now_2026 + eight_hours, hand_made::flags_of_8_hours),
            hand_made::key("older", 1)));
    };
    chosen->keys =
        hand_made::ring_of(hand_made::minting(hand_made::key()),
                           hand_made::verifying(hand_made::key("older", 1), now_2026 + ticks(1)));
    rpc_world here(chosen);
    const auto verdict = here.verdict_on(item(made()));
    const auto* good = std::get_if<rpc::received_good_credential>(&verdict);
    ASSERT_NE(good, nullptr);
    EXPECT_EQ(good->key_id, "older");
    const auto later =
        verdicts_in(here.line.say(validate(5, item(made())), now_2026 + ticks(1)), 5);
    EXPECT_EQ(std::get<rpc::received_refusal>(later.at(0)).why, reason::unknown_key);
}

}  // namespace
}  // namespace relayauth::session
