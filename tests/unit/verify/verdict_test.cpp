#include "relayauth/verify/verdict.hpp"

#include "key_text.hpp"

#include <gtest/gtest.h>

// What a verdict tells beside good or not.

namespace relayauth::verify {
namespace {

using key_text::at;
using std::chrono::hours;
using std::chrono::minutes;

verifier both() {
    return key_text::ready(key_text::file_of(
        key_text::rsa_key() + std::string(key_text::rsa_realm_line) + key_text::notes_key()));
}

TEST(Verdict, TellsTheTimesOfACredentialThatSaysThem) {
    const auto judge = both();
    const auto decided = judge.check(key_text::rsa_username, at(-hours(1)));
    EXPECT_TRUE(decided.good());
    EXPECT_EQ(decided.refused(), std::nullopt);
    EXPECT_EQ(decided.server_time(), at(-hours(1)));
    EXPECT_EQ(decided.expires_at(), at(hours(0)));
    EXPECT_EQ(decided.issued_at(), at(-hours(8)));
    EXPECT_EQ(decided.offset(), ticks(hours(7)));
    EXPECT_EQ(decided.key_id(), "168e9d81");
    EXPECT_EQ(decided.dialect(), dialect::mras);
    EXPECT_EQ(decided.words(), "good for another 1 h (until 2030-01-02T03:04:05Z)");
}

TEST(Verdict, LeavesOutWhatACredentialDoesNotSay) {
    const auto judge = both();
    const auto decided = judge.check(key_text::v2_username, at(-hours(1)));
    EXPECT_TRUE(decided.good());
    EXPECT_EQ(decided.expires_at(), at(hours(0)));
    EXPECT_EQ(decided.issued_at(), std::nullopt);
    EXPECT_EQ(decided.offset(), std::nullopt);
    EXPECT_EQ(decided.key_id(), "notes");
}

TEST(Verdict, OfWhatCannotBeReadHasOnlyTheClock) {
    const auto judge = both();
    const auto decided = judge.check("hello", at(hours(0)));
    EXPECT_EQ(decided.refused(), refusal::malformed);
    EXPECT_EQ(decided.server_time(), at(hours(0)));
    EXPECT_EQ(decided.expires_at(), std::nullopt);
    EXPECT_EQ(decided.issued_at(), std::nullopt);
    EXPECT_EQ(decided.offset(), std::nullopt);
    EXPECT_EQ(decided.deadline(), std::nullopt);
    EXPECT_EQ(decided.key_id(), "");
    EXPECT_EQ(decided.words(), "this is not a media relay credential, or only a part of one");
}

TEST(Verdict, WordsHaveBothClocksAndTheOffsetWhereTimeDecided) {
    const auto judge = both();
    EXPECT_EQ(
        judge.check(key_text::rsa_username, at(-hours(16))).words(),
        "issued 8 h in the future of this server's clock (offset -8 h): this server is behind "
        "the mint, or the mint is ahead; looks like a time zone error of -8 h; server clock "
        "2030-01-01T11:04:05Z, token issued 2030-01-01T19:04:05Z and expires "
        "2030-01-02T03:04:05Z");
    EXPECT_EQ(judge.check(key_text::rsa_username, at(minutes(2))).words(),
              "2 min after expiry: an old credential, or this clock is ahead; server clock "
              "2030-01-02T03:06:05Z, token issued 2030-01-01T19:04:05Z and expires "
              "2030-01-02T03:04:05Z");
    EXPECT_NE(
        judge.check(key_text::v2_username, at(-hours(9))).words().find("(accepted lifetime 8 h)"),
        std::string::npos);
}

TEST(Verdict, WordsOfARefusalWithWordsOfItsOwn) {
    const auto judge = both();
    const auto decided = judge.check(key_text::rest_name, at(-hours(1)));
    EXPECT_EQ(decided.refused(), refusal::wrong_password);
    EXPECT_EQ(decided.dialect(), dialect::turn_rest);
    EXPECT_EQ(decided.words(),
              "a TURN REST name is not signed: only its password proves that it was minted, and "
              "none was given");
}

TEST(Verdict, HasNoDeadlineWhenRefused) {
    const auto judge = both();
    EXPECT_EQ(judge.check(key_text::rsa_username, at(-hours(1))).deadline(), at(hours(0)));
    EXPECT_EQ(judge.check(key_text::rsa_username, at(hours(1))).deadline(), std::nullopt);
    EXPECT_EQ(judge.check(key_text::rsa_username, at(-hours(16))).deadline(), std::nullopt);
}

TEST(Verdict, ReasonsHaveTheirNames) {
    EXPECT_EQ(to_text(refusal::not_yet_valid), "not_yet_valid");
    EXPECT_EQ(to_text(dialect::turn_rest), "turn_rest");
}

}  // namespace
}  // namespace relayauth::verify
