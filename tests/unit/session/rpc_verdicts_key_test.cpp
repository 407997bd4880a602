// Long-term keys in Validate (proto/relayauth/v1/relay_auth.proto). The keys of MS-TURN are those
// of protocol notes 3.4; all others were computed with Python's hashlib.
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

// A TURN REST name that expires then, and its password under the secret of the first realm.
constexpr std::string_view rest_name = "1893553445:sip:alice@example.test";
constexpr std::string_view rest_password = "0du3IbR35BIfe6pAaYYT/LHUMTo=";

// The values of KeyDigest and KeySpelling.
constexpr std::uint64_t md5 = 1, sha256 = 2, text = 0, raw = 1;

std::string wish(std::uint64_t digest, std::uint64_t spelling, std::string_view realm) {
    return text_field(3, realm) + number_field(5, digest) + number_field(6, spelling);
}

std::string key_hex(rpc_world& here, std::string_view username, const std::string& fields) {
    return to_hex(as_bytes(here.good(item(username, fields), an_hour_before).long_term_key));
}

TEST(LongTermKey, OfAnMrasCredentialIsThatOfTheProtocolNotes) {
    rpc_world here(make_settings({"rtcmedia"}));
    EXPECT_EQ(key_hex(here, hand_made::v1_username, wish(md5, raw, "rtcmedia")),
              "518bd3073628f2016b4e80610ec9d7b6");
    EXPECT_EQ(key_hex(here, hand_made::v2_username, wish(md5, raw, "rtcmedia")),
              "42615d7a46547d34251964ffe8115026");
    EXPECT_EQ(key_hex(here, hand_made::v2_username, wish(sha256, raw, "rtcmedia")),
              "11a2a0d9186fb284f76a6086583bcd563407a1153f8dec09bb1fe16b5e10b89e");
    EXPECT_EQ(key_hex(here, hand_made::v2_username, wish(md5, text, "rtcmedia")),
              "426df41dbbf3398b4243bf6207f9fe66");
    EXPECT_EQ(key_hex(here, hand_made::v2_username, wish(sha256, text, "rtcmedia")),
              "3c1876ddb3379c38078c7560b4aa34b4875d222ee900e866ecd665280732e256");
}

TEST(LongTermKey, OfATurnRestNameNeedsNoPassword) {
    rpc_world here(with_turn_rest({"one", "two"}));
    const auto given = text_field(2, rest_password);
    EXPECT_EQ(key_hex(here, rest_name, wish(md5, text, "one")), "b95067ac826d66a73d7922bc7e884b90");
    EXPECT_EQ(key_hex(here, rest_name, wish(sha256, text, "one")),
              "bbb1a60003584c428fb26c01620927cc8922e2a2a1fad0e46a48dfecbedfe695");
    EXPECT_EQ(key_hex(here, rest_name, wish(md5, text, "one") + given),
              "b95067ac826d66a73d7922bc7e884b90");
    EXPECT_EQ(key_hex(here, rest_name, wish(md5, text, "two")), "da97a6fcf55f7750a230cbd954d42967");
    const auto good = here.good(item(rest_name, wish(md5, text, "one")), an_hour_before);
    EXPECT_EQ(good.dialect, rpc::dialect::turn_rest);
    EXPECT_EQ(good.token_version, 0u);
    EXPECT_EQ(good.key_id, "notes");
    EXPECT_EQ(good.issued_at, std::nullopt);
    EXPECT_EQ(good.expires_at, expiry_2030);
    EXPECT_EQ(good.remaining, ticks(std::chrono::hours(1)));
}

TEST(LongTermKey, IsGivenToThoseWhoAskForItOnly) {
    rpc_world here(with_turn_rest({"one"}));
    const auto realm = text_field(3, "one");
    EXPECT_EQ(key_hex(here, hand_made::v2_username, realm), "");
    EXPECT_EQ(key_hex(here, hand_made::v2_username, realm + number_field(6, 7)), "")
        << "the spelling of a key that nobody wants";
    EXPECT_EQ(key_hex(here, rest_name, realm + text_field(2, rest_password)), "");
    EXPECT_EQ(here.good(item(hand_made::v2_username), an_hour_before).dialect, rpc::dialect::mras);
}

TEST(LongTermKey, IsWhatMakesATurnRestNameGoodWithoutItsPassword) {
    rpc_world here(with_turn_rest({"one"}));
    EXPECT_EQ(here.refused(item(rest_name), an_hour_before).why, reason::wrong_password);
    EXPECT_EQ(here.refused(item(rest_name, text_field(3, "one")), an_hour_before).why,
              reason::wrong_password);
    EXPECT_EQ(
        here.refused(item(rest_name, text_field(2, "x") + wish(md5, text, "one")), an_hour_before)
            .why,
        reason::wrong_password);
}

TEST(LongTermKey, OfARefusedCredentialIsNotGiven) {
    rpc_world here(with_turn_rest({"one"}));
    const auto why = [&here](std::string_view username, const std::string& fields, wall_time now) {
        return here.refused(item(username, fields), now).why;
    };
    const auto wanted = wish(md5, text, "one");
    for (const auto username : {hand_made::v2_username, rest_name}) {
        const auto bob = text_field(4, "sip:bob@example.test");
        const auto alice = text_field(4, hand_made::alice);
        EXPECT_EQ(why(username, wanted, expiry_2030), reason::expired);
        EXPECT_EQ(why(username, wanted + bob, an_hour_before), reason::wrong_identity);
        EXPECT_EQ(why(username, wanted + text_field(2, ""), an_hour_before),
                  reason::wrong_password);
        EXPECT_EQ(why(username, wish(md5, text, "two"), an_hour_before), reason::wrong_realm);
        EXPECT_EQ(key_hex(here, username, wanted + alice).size(), 32u);
    }
    EXPECT_EQ(why("AgAA", wanted, an_hour_before), reason::malformed);
}

TEST(LongTermKey, WantedInAWayThatMakesNoSenseIsRefused) {
    rpc_world here(with_turn_rest({"one"}));
    const auto refused = [&here](std::string_view username, const std::string& fields) {
        here.events.all.clear();
        const auto found = here.refused(item(username, fields), an_hour_before);
        EXPECT_EQ(here.only_event().what, event::kind::validate_refused);
        EXPECT_EQ(found.server_time, an_hour_before);
        EXPECT_FALSE(found.expires_at) << "nobody looked at the credential";
        return found;
    };
    const auto no_realm = refused(hand_made::v2_username, number_field(5, md5));
    EXPECT_EQ(no_realm.why, reason::malformed);
    EXPECT_NE(no_realm.words.find("realm"), std::string::npos) << no_realm.words;
    for (const auto username : {rest_name, std::string_view("1:old")}) {
        const auto raw_name = refused(username, wish(md5, raw, "one"));
        EXPECT_EQ(raw_name.why, reason::malformed);
        EXPECT_NE(raw_name.words.find("raw"), std::string::npos) << raw_name.words;
    }
    const auto good = hand_made::v2_username;
    EXPECT_EQ(refused(good, wish(3, text, "one")).why, reason::unsupported_version);
    EXPECT_EQ(refused(good, wish(md5, 2, "one")).why, reason::unsupported_version);
    EXPECT_EQ(refused(good, wish((1ull << 32) + 1, text, "one")).why, reason::unsupported_version);
    EXPECT_EQ(refused(good, number_field(5, 3)).why, reason::unsupported_version);
}

std::shared_ptr<settings> open_to_all() {
    auto chosen = with_turn_rest({"one"});
    chosen->access.plaintext = plaintext_rule::always;
    chosen->access.allowed = {network{{}, 0}};
    return chosen;
}

TEST(LongTermKey, IsForbiddenToOthersWhateverTheCredentialIs) {
    rpc_world here(open_to_all(), remote("203.0.113.9", true));
    const auto wanted = wish(md5, text, "one");
    const auto of_good = here.refused(item(hand_made::v2_username, wanted), an_hour_before);
    EXPECT_EQ(of_good.why, reason::forbidden);
    EXPECT_NE(of_good.words.find("--relay-ca"), std::string::npos) << of_good.words;
    for (const auto& other : {item("AgAA", wanted), item(rest_name, wish(md5, raw, "one")),
                              item(hand_made::v2_username, wish(md5, text, "two"))}) {
        const auto of_bad = here.refused(other, an_hour_before);
        EXPECT_EQ(of_bad.why, reason::forbidden);
        EXPECT_EQ(of_bad.words, of_good.words);
        EXPECT_FALSE(of_bad.expires_at || of_bad.issued_at || of_bad.offset);
    }
    EXPECT_FALSE(of_good.expires_at || of_good.issued_at || of_good.offset);
    EXPECT_EQ(here.events.all.at(0).reason, refusal::forbidden);
    here.good(item(hand_made::v2_username), an_hour_before);
}

TEST(LongTermKey, IsGivenToARelayFromAnywhere) {
    auto relay = remote("203.0.113.9", true);
    relay.is_relay = true;
    rpc_world here(open_to_all(), relay);
    EXPECT_EQ(key_hex(here, rest_name, wish(md5, text, "one")), "b95067ac826d66a73d7922bc7e884b90");
}

TEST(LongTermKey, IsInNoEvent) {
    rpc_world here(with_turn_rest({"rtcmedia"}));
    for (const auto digest : {md5, sha256}) {
        for (const auto form : {text, raw}) {
            const auto fields = wish(digest, form, "rtcmedia");
            const auto key =
                here.good(item(hand_made::v2_username, fields), an_hour_before).long_term_key;
            ASSERT_FALSE(key.empty());
            const auto event = here.only_event();
            EXPECT_EQ(event.what, event::kind::validated);
            EXPECT_EQ(event.detail, "");
            EXPECT_EQ(event.key_id, "notes");
        }
    }
}

TEST(LongTermKey, StandsInItsOwnVerdictOnly) {
    rpc_world here(with_turn_rest({"one"}));
    const auto wanted = wish(md5, text, "one");
    const auto verdicts =
        verdicts_in(here.line.say(validate(5, item(hand_made::v2_username, wanted) +
                                                  item(hand_made::v2_username) + item("x", wanted) +
                                                  item(rest_name, wanted)),
                                  an_hour_before),
                    5);
    ASSERT_EQ(verdicts.size(), 4u);
    EXPECT_EQ(std::get<0>(verdicts[0]).long_term_key.size(), 16u);
    EXPECT_EQ(std::get<0>(verdicts[1]).long_term_key, "");
    EXPECT_EQ(std::get<1>(verdicts[2]).why, reason::malformed);
    EXPECT_EQ(to_hex(as_bytes(std::get<0>(verdicts[3]).long_term_key)),
              "b95067ac826d66a73d7922bc7e884b90");
}

}  // namespace
}  // namespace relayauth::session
