// Issue and ServerInfo of proto/relayauth/v1/relay_auth.proto.
#include "relayauth/session/rpc_service.hpp"

#include "rpc_world.hpp"
#include "tests/unit/credential/hand_made.hpp"

#include "relayauth/base/base64.hpp"

#include <gtest/gtest.h>

#include <array>

namespace relayauth::session {
namespace {

namespace hand_made = credential::hand_made;
using credential::refusal;
using rpc::reason;

constexpr auto eight_hours = std::chrono::hours(8);

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

TEST(Issue, TellsNoRealmOfAnMrasCredentialAndLooksAtNone) {
    rpc_world here(make_settings({"one"}));
    const auto got = credential_in(here.line.say(issue(5, text_field(5, "elsewhere"))), 5);
    EXPECT_EQ(got.dialect, rpc::dialect::mras);
    EXPECT_EQ(got.realms, std::vector<std::string>{"one"});
}

const auto turn_rest = number_field(4, 1);

TEST(Issue, GivesATurnRestNameInTheFirstRealm) {
    rpc_world here(with_turn_rest({"one", "two"}));
    const auto got = credential_in(
        here.line.say(issue(5, turn_rest + number_field(2, 60) + number_field(3, 9))), 5);
    // now_2026 and an hour, in whole seconds; the password computed with Python's hmac.
    EXPECT_EQ(got.username, "1795343454:sip:alice@example.test");
    EXPECT_EQ(got.password, "IdTrOjGkfOYeMK6fuuiaDJnWxcE=");
    EXPECT_EQ(got.dialect, rpc::dialect::turn_rest);
    EXPECT_EQ(got.token_version, 0u);
    EXPECT_EQ(got.duration_minutes, 60u);
    EXPECT_EQ(got.issued_at, now_2026);
    EXPECT_EQ(got.expires_at, wall_time::from_unix(std::chrono::seconds(1'795'343'454)));
    EXPECT_EQ(got.realms, std::vector<std::string>{"one"});
    EXPECT_EQ(got.key_id, "notes");
    EXPECT_EQ(got.relays.size(), 2u);
    const auto event = here.only_event();
    EXPECT_EQ(event.what, event::kind::issued);
    EXPECT_EQ(event.key_id, "notes");
    EXPECT_EQ(event.version, std::nullopt);
}

TEST(Issue, GivesATurnRestNameInTheRealmThatIsAskedFor) {
    rpc_world here(with_turn_rest({"one", "two"}));
    const auto got = credential_in(
        here.line.say(issue(5, turn_rest + number_field(2, 60) + text_field(5, "two"))), 5);
    EXPECT_EQ(got.password, "EuocKxqsdloN18u+RnE92P3Fp4E=");
    EXPECT_EQ(got.realms, std::vector<std::string>{"two"});
}

TEST(Issue, RefusesATurnRestNameForARealmThatIsNotServed) {
    rpc_world here(with_turn_rest({"one"}));
    const auto refused =
        refusal_in(here.line.say(issue(5, turn_rest + text_field(5, "elsewhere"))), 5);
    EXPECT_EQ(refused.why, reason::wrong_realm);
    EXPECT_NE(refused.words.find("--realm"), std::string::npos) << refused.words;
    EXPECT_EQ(here.only_event().what, event::kind::issue_refused);
    rpc_world bare(with_turn_rest({}));
    EXPECT_EQ(refusal_in(bare.line.say(issue(5, turn_rest)), 5).why, reason::wrong_realm);
}

TEST(Issue, RefusesATurnRestNameThatIsTooLongOrThatNoKeyMints) {
    rpc_world here(with_turn_rest({"one"}));
    const auto refused =
        refusal_in(here.line.say(issue(5, turn_rest + text_field(1, std::string(502, 'a')))), 5);
    EXPECT_EQ(refused.why, reason::too_large);
    EXPECT_NE(refused.words.find("512"), std::string::npos) << refused.words;
    auto chosen = with_turn_rest({"one"});
    chosen->keys = keyring::ring();
    rpc_world keyless(chosen);
    EXPECT_EQ(refusal_in(keyless.line.say(issue(5, turn_rest)), 5).why, reason::internal);
}

TEST(Issue, RefusesADialectThatItDoesNotKnow) {
    rpc_world here(with_turn_rest({"one"}));
    for (const std::uint64_t number : {std::uint64_t{2}, (std::uint64_t{1} << 32) + 1}) {
        const auto refused = refusal_in(here.line.say(issue(5, number_field(4, number))), 5);
        EXPECT_EQ(refused.why, reason::unsupported_version);
        EXPECT_EQ(here.only_event().reason, refusal::unsupported_version);
    }
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
