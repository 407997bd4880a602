#include "relayauth/verify/verifier.hpp"

#include "relayauth/base/hex.hpp"

#include "key_text.hpp"

#include <gtest/gtest.h>

// Long-term keys for relays with a callback. The expected ones are Python's hashlib's, and for
// MS-TURN protocol notes 3.4's.

namespace relayauth::verify {
namespace {

using key_text::at;
using key_text::file_of;
using std::chrono::hours;
using question = verifier::key_question;

verifier both() {
    return key_text::ready(file_of(key_text::rsa_key() + std::string(key_text::rsa_realm_line) +
                                   key_text::notes_key()));
}

std::string key_of(const question& asked) {
    const auto answer = both().long_term_key(asked, at(-hours(1)));
    EXPECT_EQ(answer.verdict.good(), answer.key.has_value());
    return answer.key ? to_hex(answer.key->reveal())
                      : std::string(to_text(*answer.verdict.refused()));
}

TEST(VerifierKey, IsThatOfTheTextForRfcRelays) {
    EXPECT_EQ(key_of({.username = key_text::v2_username, .realm = "rtcmedia"}),
              "426df41dbbf3398b4243bf6207f9fe66");
    EXPECT_EQ(
        key_of({.username = key_text::v2_username, .realm = "rtcmedia", .digest = digest::sha256}),
        "3c1876ddb3379c38078c7560b4aa34b4875d222ee900e866ecd665280732e256");
}

TEST(VerifierKey, IsThatOfTheOctetsForMsTurn) {
    EXPECT_EQ(
        key_of({.username = key_text::v2_username, .realm = "rtcmedia", .spelling = spelling::raw}),
        "42615d7a46547d34251964ffe8115026");
}

TEST(VerifierKey, OfATurnRestNameNeedsNoPassword) {
    EXPECT_EQ(key_of({.username = key_text::rest_name, .realm = "example.test"}),
              "07026e463f9313befe896d43858ffe13");
    EXPECT_EQ(key_of({.username = key_text::rest_name, .realm = "rtcmedia"}), "wrong_realm");
}

TEST(VerifierKey, OfATurnRestNameIsOfTheKeyThatTheVerdictNames) {
    const auto judge = key_text::ready(file_of(key_text::notes_key() + key_text::rsa_key() +
                                               std::string(key_text::rsa_realm_line)));
    const auto answer = judge.long_term_key(
        {.username = key_text::rest_name, .realm = "example.test"}, at(-hours(1)));
    ASSERT_TRUE(answer.key);
    EXPECT_EQ(to_hex(answer.key->reveal()), "07026e463f9313befe896d43858ffe13");
    EXPECT_EQ(answer.verdict.key_id(), "168e9d81");
}

TEST(VerifierKey, OfATurnRestNameHasNoRawSpelling) {
    const auto answer = both().long_term_key(
        {.username = key_text::rest_name, .realm = "example.test", .spelling = spelling::raw},
        at(-hours(1)));
    EXPECT_EQ(answer.verdict.refused(), refusal::malformed);
    EXPECT_EQ(answer.verdict.deadline(), std::nullopt);
    EXPECT_EQ(answer.verdict.words(),
              "a TURN REST name has no raw spelling: MS-TURN knows no such names");
    EXPECT_FALSE(answer.key);
}

TEST(VerifierKey, IsNotGivenOfWhatIsRefused) {
    EXPECT_EQ(key_of({.username = "hello", .realm = "rtcmedia"}), "malformed");
    const auto judge = key_text::ready(file_of(key_text::rsa_key()));
    const question asked{.username = key_text::v2_username, .realm = "rtcmedia"};
    EXPECT_EQ(judge.long_term_key(asked, at(-hours(1))).verdict.refused(), refusal::unknown_key);
    EXPECT_FALSE(judge.long_term_key(asked, at(-hours(1))).key);
    const auto late = both().long_term_key(asked, at(ticks{0}));
    EXPECT_EQ(late.verdict.refused(), refusal::expired);
    EXPECT_FALSE(late.key);
}

}  // namespace
}  // namespace relayauth::verify
