// CheckMessage (proto/relayauth/v1/relay_auth.proto). The MS-TURN requests are those of protocol
// notes 3.4; the others were put together with Python's hmac. credential's own tests go further.
#include "relayauth/session/rpc_verdicts.hpp"

#include "rpc_world.hpp"

#include "relayauth/base/hex.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

namespace hand_made = credential::hand_made;
using credential::refusal;
using hand_made::expiry_2030;
using rpc::reason;

constexpr wall_time an_hour_before = expiry_2030 - ticks(std::chrono::hours(1));

constexpr std::string_view ms_allocate_v1 =
    "00030081000102030405060708090a0b0c0d0e0f000f000472c64bc680080004000000010006003401000020"
    "81c4c08001e0f7a3bb5a59b051cf5cd12cbf688ed164564e1fd59f44e9dbd42a38b8132d3f50ea94e8c2ffe0"
    "d369c522001400113031323334353637383961626364656630001500087274636d6564696100080014c1b01b"
    "e63bf73d5b9a8059fe9b837e7521081687";
constexpr std::string_view ms_allocate_v2 =
    "00030085000102030405060708090a0b0c0d0e0f000f000472c64bc680080004000000010006003802000024"
    "81c4c08001e0f7a3bb5a59b051cf5cd12cbf688ed164564e1fd59f4400000000233ac37f59bd3d2d84cdcaef"
    "c0f36ddc70cda70b001400113031323334353637383961626364656630001500087274636d65646961000800"
    "14fbd64865ea7404bda923792b71d6aca41ddeb4b8";
// RFC 5389 Allocate of 1893553445:sip:alice@example.test in realm `one`.
constexpr std::string_view rest_allocate =
    "0003005c2112a442000102030405060708090a0b001900041100000000060021313839333535333434353a73"
    "69703a616c696365406578616d706c652e74657374000000001400036f6e6500001500056e6f6e6365000000"
    "00080014364361b30a1167b47237771cdad5be1849b77002";
// The same with the password of realm `two`.
constexpr std::string_view wrong_allocate =
    "0003005c2112a442000102030405060708090a0b001900041100000000060021313839333535333434353a73"
    "69703a616c696365406578616d706c652e74657374000000001400036f6e6500001500056e6f6e6365000000"
    "00080014f07f5af099fcf545a08357719e480ea672f16dcc";
// A Refresh for the same name.
constexpr std::string_view rest_refresh =
    "0004005c2112a442000102030405060708090a0b000d00040000025800060021313839333535333434353a73"
    "69703a616c696365406578616d706c652e74657374000000001400036f6e6500001500056e6f6e6365000000"
    "000800140bbc2cbe899977fa3fb4c9f91166f3c46fa0486a";

std::string message(std::string_view hex, std::string_view realm) {
    const auto octets = from_hex(hex);
    EXPECT_TRUE(octets.has_value());
    const auto text = as_text(*octets);
    return text_field(1, text_field(1, text) + text_field(2, realm));
}

std::string check_message(std::uint64_t id, std::string_view items) {
    return frame(number_field(1, id) + text_field(7, items));
}

struct check_world : rpc_world {
    using rpc_world::rpc_world;
    rpc::received_verdicts verdicts(std::string_view items, wall_time now = an_hour_before) {
        const auto reply = only_rpc_reply(line.say(check_message(5, items), now));
        EXPECT_EQ(reply.id, 5u);
        const auto* found = std::get_if<rpc::received_message_verdicts>(&reply.result);
        EXPECT_NE(found, nullptr) << "another kind of reply: " << reply.result.index();
        return found == nullptr ? rpc::received_verdicts() : found->verdicts;
    }
    std::optional<reason> refused(std::string_view one_item, wall_time now = an_hour_before) {
        const auto all = verdicts(one_item, now);
        EXPECT_EQ(all.size(), 1u);
        const auto* found = std::get_if<rpc::received_refusal>(&all.at(0));
        return found == nullptr ? std::nullopt : found->why;
    }
};

TEST(CheckMessage, FindsTheRequestsOfTheProtocolNotesGood) {
    check_world here(make_settings({"rtcmedia"}));
    const auto all =
        here.verdicts(message(ms_allocate_v1, "rtcmedia") + message(ms_allocate_v2, "rtcmedia"));
    ASSERT_EQ(all.size(), 2u);
    for (std::size_t i = 0; i < 2; ++i) {
        const auto* good = std::get_if<rpc::received_good_credential>(&all[i]);
        ASSERT_NE(good, nullptr) << std::get<rpc::received_refusal>(all[i]).words;
        EXPECT_EQ(good->key_id, "notes");
        EXPECT_EQ(good->expires_at, expiry_2030);
        EXPECT_EQ(good->remaining, ticks(std::chrono::hours(1)));
        EXPECT_EQ(good->token_version, i + 1);
        EXPECT_EQ(good->dialect, rpc::dialect::mras);
        EXPECT_EQ(good->long_term_key, "");
        EXPECT_EQ(here.events.all.at(i).what, event::kind::validated);
        EXPECT_EQ(here.events.all.at(i).door, door::rpc);
    }
}

TEST(CheckMessage, FindsARequestWithATurnRestNameGood) {
    check_world here(with_turn_rest({"one"}));
    const auto all = here.verdicts(message(rest_allocate, "one"));
    ASSERT_EQ(all.size(), 1u);
    const auto* good = std::get_if<rpc::received_good_credential>(&all[0]);
    ASSERT_NE(good, nullptr) << std::get<rpc::received_refusal>(all[0]).words;
    EXPECT_EQ(good->dialect, rpc::dialect::turn_rest);
    EXPECT_EQ(good->token_version, 0u);
}

TEST(CheckMessage, SaysWhatIsWrongItemByItem) {
    check_world here(with_turn_rest({"one", "rtcmedia"}));
    const auto all = here.verdicts(
        message("", "one") + message(wrong_allocate, "one") + message(rest_allocate, "two") +
        message(rest_allocate.substr(2), "one") + message(ms_allocate_v2, "rtcmedia"));
    ASSERT_EQ(all.size(), 5u);
    const reason expected[] = {reason::malformed, reason::wrong_password, reason::wrong_realm,
                               reason::malformed};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto& refused = std::get<rpc::received_refusal>(all[i]);
        EXPECT_EQ(refused.why, expected[i]) << i;
        EXPECT_EQ(refused.server_time, an_hour_before);
        EXPECT_EQ(here.events.all.at(i).what, event::kind::validate_refused);
        EXPECT_EQ(here.events.all.at(i).detail, refused.words);
    }
    EXPECT_EQ(all[4].index(), 0u);
    EXPECT_EQ(here.events.all.size(), 5u);
    EXPECT_EQ(here.refused(message(rest_allocate, "elsewhere")), reason::wrong_realm);
}

TEST(CheckMessage, KnowsTheEndOfACredentialToTheTickWhateverTheMethod) {
    check_world here(with_turn_rest({"one"}));
    for (const auto request : {rest_allocate, rest_refresh}) {
        const auto asked = message(request, "one");
        EXPECT_EQ(here.refused(asked, expiry_2030 - ticks(1)), std::nullopt);
        EXPECT_EQ(here.refused(asked, expiry_2030), reason::expired);
    }
}

TEST(CheckMessage, IsAnsweredToWhoeverMayAsk) {
    auto chosen = with_turn_rest({"one"});
    chosen->access.allowed = {network{{}, 0}};
    chosen->access.client_names = {"nobody"};
    check_world here(chosen, remote("203.0.113.9", true));
    EXPECT_EQ(here.refused(message(rest_allocate, "one")), std::nullopt);
}

TEST(CheckMessage, TakesNoneAndNoMoreThanAThousand) {
    check_world here(with_turn_rest({"one"}));
    EXPECT_TRUE(here.verdicts("").empty());
    std::string many;
    for (int i = 0; i < 1000; ++i) many += text_field(1, "");
    EXPECT_EQ(here.verdicts(many).size(), 1000u);
    const auto refused = refusal_in(here.line.say(check_message(5, many + text_field(1, ""))), 5);
    EXPECT_EQ(refused.why, reason::too_large);
}

}  // namespace
}  // namespace relayauth::session
