#include "relayauth/credential/long_term_key.hpp"
#include "relayauth/base/base64.hpp"
#include "relayauth/base/hex.hpp"
#include "relayauth/credential/validate.hpp"

#include "hand_made.hpp"

#include <gtest/gtest.h>

#include <string>

// The expected keys are hashlib's, those of raw MD5 stand in protocol notes 3.4.

namespace relayauth::credential {
namespace {

using hand_made::expiry_2030;
using hand_made::minting;
using hand_made::rest_key;
using hand_made::rest_name;
using hand_made::v1_username;
using hand_made::v2_username;
using std::chrono::hours;
using stun::digest;

constexpr wall_time an_hour_before = expiry_2030 - hours(1);

const keyring::ring& rest_ring() {
    static const auto ring =
        hand_made::ring_of(minting(rest_key("rest", {{"example.test", hand_made::rest_secret}})));
    return ring;
}

verdict decided(std::string_view username, wall_time now = an_hour_before) {
    validate_request request{username};
    request.proof_follows = true;
    return validate(request, rest_ring(), {}, now);
}

std::string key_of(std::string_view username, digest hash, spelling form,
                   std::string_view realm = "rtcmedia", wall_time now = an_hour_before) {
    const auto key = long_term_key_of(decided(username, now), username, realm, hash, form);
    return key ? to_hex(key->reveal()) : "none";
}

TEST(LongTermKey, HashesUsernameRealmAndPasswordWithColons) {
    // RFC 5389 15.4's own example, and RFC 5769 2.4's (six katakana).
    const long_term_key md5(as_bytes("user"), "realm", as_bytes("pass"), digest::md5);
    EXPECT_EQ(to_hex(md5.reveal()), "8493fbc53ba582fb4c044c456bdc40eb");
    const long_term_key katakana(as_bytes("\u30de\u30c8\u30ea\u30c3\u30af\u30b9"), "example.org",
                                 as_bytes("TheMatrIX"), digest::md5);
    EXPECT_EQ(to_hex(katakana.reveal()), "e8ca7ad59d5eb0518e312911d2dab2a9");
    const long_term_key sha256(as_bytes("user"), "realm", as_bytes("pass"), digest::sha256);
    EXPECT_EQ(to_hex(sha256.reveal()),
              "07e934117abd40836e7c6329b54731b2b2d2a5f9a71f544922d75e0730d8251b");
}

TEST(LongTermKeyOf, IsThatOfTheProtocolNotesForRawOctets) {
    EXPECT_EQ(key_of(v1_username, digest::md5, spelling::raw), "518bd3073628f2016b4e80610ec9d7b6");
    EXPECT_EQ(key_of(v2_username, digest::md5, spelling::raw), "42615d7a46547d34251964ffe8115026");
    EXPECT_EQ(key_of(v1_username, digest::sha256, spelling::raw),
              "9c28067a1638de495eaa982184e949a57f5f7d937b0e57dffd2d2286b825ca68");
    EXPECT_EQ(key_of(v2_username, digest::sha256, spelling::raw),
              "11a2a0d9186fb284f76a6086583bcd563407a1153f8dec09bb1fe16b5e10b89e");
}

TEST(LongTermKeyOf, IsHashlibsForText) {
    EXPECT_EQ(key_of(v1_username, digest::md5, spelling::text), "082497315f558925008f583d8a76f1a6");
    EXPECT_EQ(key_of(v2_username, digest::md5, spelling::text), "426df41dbbf3398b4243bf6207f9fe66");
    EXPECT_EQ(key_of(v1_username, digest::sha256, spelling::text),
              "eae1b8b0be8cc5a908bd7370a615c1ace861a986712f2a02db9c766f37771bd0");
    EXPECT_EQ(key_of(v2_username, digest::sha256, spelling::text),
              "3c1876ddb3379c38078c7560b4aa34b4875d222ee900e866ecd665280732e256");
    EXPECT_EQ(key_of(v2_username, digest::md5, spelling::text, "example.test"),
              "bcda227ea0dea496f15bf8cb233e93ef")
        << "the realm enters";
}

TEST(LongTermKeyOf, IsHashlibsForATurnRestName) {
    EXPECT_EQ(key_of(rest_name, digest::md5, spelling::text, "example.test"),
              "07026e463f9313befe896d43858ffe13");
    EXPECT_EQ(key_of(rest_name, digest::sha256, spelling::text, "example.test"),
              "3f6f888c45cba9e62d138fccdd276fe000d6fcc8aafe839977d94d3814aa9770");
    EXPECT_EQ(key_of("1893553445:=c2lwOmEgYiVuQHg", digest::md5, spelling::text, "example.test"),
              "63c49af8b8b0a626964d111cdd78c669");
    EXPECT_EQ(key_of("1893553445", digest::md5, spelling::text, "example.test"),
              "3ed785a012ef71350db2ab4b1f01b570");
}

TEST(LongTermKeyOf, IsNothingForARefusedCredential) {
    for (const auto username : {v1_username, v2_username, rest_name}) {
        EXPECT_EQ(key_of(username, digest::md5, spelling::text, "example.test", expiry_2030),
                  "none");
        EXPECT_NE(key_of(username, digest::md5, spelling::text, "example.test"), "none");
    }
    const auto good_but_nobodys = [] {
        verdict made;
        made.refused.reset();
        return made;
    }();
    EXPECT_FALSE(
        long_term_key_of(good_but_nobodys, v2_username, "rtcmedia", digest::md5, spelling::text));
}

TEST(LongTermKeyOf, IsNothingForATurnRestNameInRawOctetsOrInARealmWithoutSecret) {
    EXPECT_EQ(key_of(rest_name, digest::md5, spelling::raw, "example.test"), "none");
    EXPECT_EQ(key_of(rest_name, digest::sha256, spelling::raw, "example.test"), "none");
    EXPECT_EQ(key_of(rest_name, digest::md5, spelling::text, "rtcmedia"), "none");
    EXPECT_EQ(key_of(rest_name, digest::md5, spelling::text, ""), "none");
}

TEST(LongTermKeyOf, IsNothingForAUsernameThatIsNoMrasOneUnderAnMrasVerdict) {
    const auto about_v2 = decided(v2_username);
    for (const auto* other : {"!", "alice", "AAA"}) {
        EXPECT_FALSE(long_term_key_of(about_v2, other, "rtcmedia", digest::md5, spelling::text));
    }
    EXPECT_FALSE(
        long_term_key_of(about_v2, std::string(80, 'A'), "rtcmedia", digest::md5, spelling::text))
        << "longer than any";
}

TEST(LongTermKeyOf, IsOfTheKeyWhosePasswordFitted) {
    const auto keys = hand_made::ring_of(
        minting(rest_key("new", {{"example.test", hand_made::other_rest_secret}}, 1)),
        hand_made::verifying(rest_key("old", {{"example.test", hand_made::rest_secret}})));
    validate_request request{rest_name, hand_made::rest_password};
    const auto key = [&keys, &request] {
        return to_hex(long_term_key_of(validate(request, keys, {}, an_hour_before), rest_name,
                                       "example.test", digest::md5, spelling::text)
                          ->reveal());
    };
    EXPECT_EQ(key(), "07026e463f9313befe896d43858ffe13");
    request.password.reset();
    request.proof_follows = true;
    EXPECT_EQ(key(), "09276e2cd033714e8e6b3951399ee847") << "that of the newest";
}

TEST(LongTermKeyOf, TakesUsernameAndPasswordInOneSpelling) {
    hand_made::octets raw(56);
    crypto::sha1_tag password{};
    ASSERT_EQ(decode_base64(v2_username, raw), raw.size());
    ASSERT_EQ(decode_base64(hand_made::v2_password, password), password.size());
    EXPECT_EQ(
        to_hex(long_term_key_of(raw, "rtcmedia", password, digest::md5, spelling::raw).reveal()),
        "42615d7a46547d34251964ffe8115026");
    EXPECT_EQ(to_hex(long_term_key_of(as_bytes(v2_username), "rtcmedia", password, digest::md5,
                                      spelling::text)
                         .reveal()),
              "426df41dbbf3398b4243bf6207f9fe66");
}

TEST(LongTermKey, GivesACopyItsOwnOctets) {
    const long_term_key first(as_bytes("user"), "realm", as_bytes("pass"), digest::md5);
    auto second = long_term_key(as_bytes("other"), "realm", as_bytes("pass"), digest::sha256);
    second = first;
    EXPECT_EQ(to_hex(second.reveal()), "8493fbc53ba582fb4c044c456bdc40eb");
    EXPECT_NE(second.reveal().data(), first.reveal().data());
}

}  // namespace
}  // namespace relayauth::credential
