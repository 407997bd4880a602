// The three calls of proto/relayauth/v1/relay_auth.proto.
#include "relayauth/session/rpc_service.hpp"

#include "rpc_talk.hpp"
#include "sip_talk.hpp"
#include "talk.hpp"
#include "tests/unit/credential/hand_made.hpp"

#include "relayauth/base/base64.hpp"

#include <gtest/gtest.h>

#include <array>

namespace relayauth::session {
namespace {

namespace hand_made = credential::hand_made;
using credential::refusal;
using rpc::reason;

struct rpc_world : world {
    explicit rpc_world(std::shared_ptr<settings> chosen = make_settings())
        : world(std::move(chosen)), line(*this) {
        line.say(preface);
    }
    rpc::received_verdict verdict_on(std::string_view one_item) {
        const auto all = verdicts_in(line.say(validate(5, one_item)), 5);
        EXPECT_EQ(all.size(), 1u);
        return all.empty() ? rpc::received_verdict() : all[0];
    }
    rpc::received_refusal refused(std::string_view one_item) {
        const auto verdict = verdict_on(one_item);
        const auto* found = std::get_if<rpc::received_refusal>(&verdict);
        EXPECT_NE(found, nullptr) << "it was good";
        return found == nullptr ? rpc::received_refusal() : *found;
    }
    talk line;
};

constexpr auto eight_hours = std::chrono::hours(8);

std::string username_issued_at(wall_time when) {
    return hand_made::username(when + eight_hours, hand_made::flags_of_8_hours);
}

std::string password_of(std::string_view username) {
    std::array<std::uint8_t, token::max_username_size> raw{};
    const auto size = decode_base64(username, raw);
    EXPECT_TRUE(size.has_value());
    return hand_made::password_of(bytes_view(raw).first(size.value_or(0)), hand_made::key());
}

TEST(Issue, GivesEverythingThatARelaysClientNeeds) {
    rpc_world here(make_settings({"one", "two"}));
    const auto got = credential_in(here.line.say(issue(5)), 5);
    EXPECT_EQ(got.token_version, 2u);
    EXPECT_EQ(got.duration_minutes, 480u);
    EXPECT_LE(now_2026 - got.issued_at, ticks(100));
    EXPECT_EQ(got.expires_at - got.issued_at, ticks(eight_hours));
    EXPECT_EQ(got.realms, (std::vector<std::string>{"one", "two"}));
    EXPECT_EQ(got.key_id, "notes");
    ASSERT_EQ(got.relays.size(), 2u);
    EXPECT_EQ(got.relays[0].where, rpc::relay_location::internet);
    EXPECT_EQ(got.relays[0].host, "turn.example.test");
    EXPECT_EQ(got.relays[1].where, rpc::relay_location::intranet);
    EXPECT_EQ(got.relays[1].udp_port, 3479);
    EXPECT_EQ(got.relays[1].tcp_port, 444);
    EXPECT_EQ(got.password, password_of(got.username));
    const auto event = here.only_event();
    EXPECT_EQ(event.what, event::kind::issued);
    EXPECT_EQ(event.door, door::rpc);
    EXPECT_EQ(event.key_id, "notes");
}

TEST(Issue, MintsTheVersionThatIsAskedForAndNoOther) {
    rpc_world here;
    const auto v1 = credential_in(here.line.say(issue(5, number_field(3, 1))), 5);
    EXPECT_EQ(v1.token_version, 1u);
    EXPECT_EQ(v1.username.size(), 72u);
    EXPECT_EQ(credential_in(here.line.say(issue(5, number_field(3, 2))), 5).token_version, 2u);
    here.events.all.clear();
    for (const std::uint64_t version : {0u, 3u, 256u + 1u}) {
        const auto refused = refusal_in(here.line.say(issue(5, number_field(3, version))), 5);
        EXPECT_EQ(refused.why, reason::unsupported_version) << version;
        const auto event = here.only_event();
        EXPECT_EQ(event.what, event::kind::issue_refused);
        EXPECT_EQ(event.reason, refusal::unsupported_version);
    }
}

TEST(Issue, GrantsTheShorterOfWishAndMaximum) {
    rpc_world here;
    const auto granted = [&here](std::uint64_t minutes) {
        return credential_in(here.line.say(issue(5, number_field(2, minutes))), 5).duration_minutes;
    };
    EXPECT_EQ(granted(1), 1u);
    EXPECT_EQ(granted(480), 480u);
    EXPECT_EQ(granted(481), 480u);
    EXPECT_EQ(granted(999'999'999), 480u);
}

TEST(Issue, IsRefusedAsInternalWhenNoKeyIsMinting) {
    auto chosen = make_settings();
    chosen->keys = keyring::ring();
    chosen->not_after.clear();
    chosen->clock_offset = std::chrono::hours(8);
    rpc_world here(chosen);
    const auto refused = refusal_in(here.line.say(issue(5)), 5);
    EXPECT_EQ(refused.why, reason::internal);
    EXPECT_EQ(refused.clock_offset_setting, ticks(eight_hours));
    EXPECT_EQ(here.only_event().reason, refusal::internal);
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

TEST(ServerInfo, TellsClockKeysLimitsAndVersion) {
    auto chosen = make_settings();
    const auto end = now_2026 + ticks(1), past = now_2026;
    chosen->keys = hand_made::ring_of(hand_made::minting(hand_made::key("aaaaaaaa")),
                                      hand_made::verifying(hand_made::key("bbbbbbbb", 1), end),
                                      hand_made::verifying(hand_made::key("cccccccc", 2), past));
    chosen->not_after = {wall_time(7), end, past};
    chosen->clock_offset = std::chrono::hours(-8);
    chosen->issue.max_lifetime = std::chrono::minutes(60);
    chosen->validate.time.tolerance = std::chrono::seconds(10);
    rpc_world here(chosen);
    const auto reply = only_rpc_reply(here.line.say(server_info(5)));
    ASSERT_EQ(reply.id, 5u);
    const auto* info = std::get_if<rpc::received_server_info>(&reply.result);
    ASSERT_NE(info, nullptr);
    EXPECT_EQ(info->server_time, now_2026);
    EXPECT_EQ(info->clock_offset_setting, ticks(-eight_hours));
    EXPECT_EQ(info->version, "9.8.7") << "the program's version, without its name";
    EXPECT_EQ(info->max_lifetime_minutes, 60u);
    EXPECT_EQ(info->clock_tolerance, ticks(std::chrono::seconds(10)));
    ASSERT_EQ(info->keys.size(), 3u);
    EXPECT_EQ(info->keys[0].key_id, "aaaaaaaa");
    EXPECT_EQ(info->keys[0].stage, rpc::key_stage::minting);
    EXPECT_EQ(info->keys[0].not_after, wall_time(7));
    EXPECT_EQ(info->keys[1].stage, rpc::key_stage::verifying);
    EXPECT_EQ(info->keys[1].not_after, end);
    EXPECT_EQ(info->keys[2].stage, rpc::key_stage::retired);
    EXPECT_TRUE(here.events.all.empty());
}

}  // namespace
}  // namespace relayauth::session
