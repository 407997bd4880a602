#include "relayauth/cli/explanation_text.hpp"

#include "notes_credential.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <string>
#include <utility>
#include <vector>

namespace relayauth::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

const wall_time now = notes::expiry - 1h;

// The text depends on the time zone, so the tests fix it.
const bool zone_is_set = [] {
    ::setenv("TZ", "CST-8", 1);
    ::tzset();
    return true;
}();

std::string text_of(std::string_view username, wall_time at = now) {
    return explanation_text(explain({username, nullptr, {}}, at), now);
}

TEST(ExplanationText, ShowsEveryTimeInThreeWays) {
    ASSERT_TRUE(zone_is_set);
    EXPECT_EQ(text_of(notes::unsigned_username),
              "form:          v2, with its lifetime\n"
              "issued:        2030-01-01T19:04:05Z (7 h ago), here 2030-01-02 03:04:05 +0800\n"
              "expires:       2030-01-02T03:04:05Z (in 1 h), here 2030-01-02 11:04:05 +0800\n"
              "lifetime:      8 h\n"
              "client id:     bb5a59b0 (a keyed hash of the identity)\n"
              "signature:     nobody checked it (give --certificate F and --key F)\n"
              "assumed:       tolerance 5 min, expiry grace 0 s, accepted lifetime 8 h (what the "
              "server is set to may differ)\n"
              "verdict:       by its times alone, good for another 1 h (until "
              "2030-01-02T03:04:05Z)\n");
}

TEST(ExplanationText, SaysThatAFormDoesNotTellWhenItWasIssued) {
    EXPECT_THAT(text_of(notes::v1_username),
                HasSubstr("form:          v1: does not say when it was issued\n"));
    EXPECT_THAT(text_of(notes::v2_username),
                HasSubstr("v2, lifetime not given: does not say when it was issued\n"));
    EXPECT_THAT(text_of(notes::v1_username), Not(HasSubstr("issued: ")));
    EXPECT_THAT(text_of(notes::v1_username), Not(HasSubstr("lifetime: ")));
}

TEST(ExplanationText, SaysWhoSigned) {
    const auto ring = notes::ring();
    const auto other = notes::ring(0x11);
    const auto with = [](const keyring::ring& keys, const std::string& file) {
        const std::vector<std::string> files{file};
        return explanation_text(explain({notes::v2_username, &keys, files}, now), now);
    };
    EXPECT_THAT(with(ring, "a.pem"), HasSubstr("signature:     by key 0a1b2c3d of a.pem\n"));
    EXPECT_THAT(with(ring, "a.pem"), HasSubstr("verdict:       good for another 1 h"));
    EXPECT_THAT(with(other, "a.pem"),
                HasSubstr("signature:     NOT by key 0a1b2c3d of a.pem: by another key, or "
                          "altered\n"));
    EXPECT_THAT(with(other, "a.pem"), HasSubstr("verdict:       refused as unknown_key: "));
    EXPECT_THAT(with(keyring::ring(), "c.pem"),
                HasSubstr("signature:     not checked: c.pem holds no private key (give --key "
                          "F)\n"));
    EXPECT_THAT(with(ring, "\x1b.pem"), HasSubstr(" of \\x1b.pem\n"));
}

std::string rolled_text(std::string_view username, wall_time until) {
    const auto ring = notes::rolled_ring(until);
    const std::vector<std::string> files{"new.pem", "old.pem"};
    return explanation_text(explain({username, &ring, files}, now), now);
}

TEST(ExplanationText, SaysWhichOfTwoKeysSigned) {
    EXPECT_THAT(rolled_text(notes::v2_username, notes::expiry),
                HasSubstr("signature:     by key 0a1b2c3d of old.pem, which verifies until "
                          "2030-01-02T03:04:05Z\n"));
    EXPECT_THAT(rolled_text(notes::v2_username, now),
                HasSubstr("signature:     by key 0a1b2c3d of old.pem, which verifies nothing any "
                          "more since 2030-01-02T02:04:05Z\n"));
    EXPECT_THAT(rolled_text(notes::unsigned_username, notes::expiry),
                HasSubstr("signature:     NOT by key 4e4e4e4e of new.pem, nor by key 0a1b2c3d of "
                          "old.pem: by another key, or altered\n"));
}

TEST(ExplanationText, TellsOfARestNameWhatItSaysAndThatNothingSignsIt) {
    EXPECT_EQ(text_of(notes::rest_name),
              "form:          TURN REST: does not say when it was issued\n"
              "expires:       2030-01-02T03:04:05Z (in 1 h), here 2030-01-02 11:04:05 +0800\n"
              "identity:      sip:a b%n@x (spelled =c2lwOmEgYiVuQHg)\n"
              "signature:     none: only its password proves that it was minted (relayauth "
              "validate USERNAME PASSWORD)\n"
              "assumed:       tolerance 5 min, expiry grace 0 s, accepted lifetime 8 h (what the "
              "server is set to may differ)\n"
              "verdict:       by its times alone, good for another 1 h (until "
              "2030-01-02T03:04:05Z)\n");
    EXPECT_THAT(text_of(notes::rest_name, notes::expiry),
                HasSubstr("verdict:       by its times alone, refused as expired: "));
}

TEST(ExplanationText, SaysThatACertificateCannotTellWhoseARestNameIs) {
    const auto ring = notes::ring();
    const std::vector<std::string> files{"a.pem"};
    EXPECT_THAT(explanation_text(explain({notes::rest_name, &ring, files}, now), now),
                HasSubstr("signature:     none: --certificate cannot tell whose name it is; only "
                          "its password proves that it was minted (relayauth validate USERNAME "
                          "PASSWORD)\n"));
}

TEST(ExplanationText, ShowsTheIdentityOfARestNameAsAnythingButAnOrderToTheTerminal) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"1893553445:sip:alice@example.com", "sip:alice@example.com"},
        {"1893553445:a\x1b[2J", "a\\x1b[2J"},
        {"1893553445:=YRti", "a\\x1bb (spelled =YRti)"},
        {"1893553445:=\x1b", "=\\x1b (begins with =, but is not base64url)"},
        {"1893553445:", "none, the name is its expiry alone"},
        {"1893553445", "none, the name is its expiry alone"},
    };
    for (const auto& [name, shown] : cases) {
        EXPECT_THAT(text_of(name), HasSubstr("\nidentity:      " + std::string(shown) + "\n"));
    }
}

TEST(ExplanationText, NamesTheMomentOfTheVerdictWhenItIsNotNow) {
    EXPECT_THAT(text_of(notes::unsigned_username), Not(HasSubstr("as of")));
    const auto later = text_of(notes::unsigned_username, notes::expiry + 1h);
    EXPECT_THAT(later, HasSubstr("as of:         2030-01-02T04:04:05Z (in 2 h)\n"));
    EXPECT_THAT(later, HasSubstr("by its times alone, refused as expired: 1 h after expiry"));
}

TEST(ExplanationText, NamesTheLimitsThatTheVerdictAssumed) {
    validity_limits other;
    other.tolerance = 250ms;
    other.expiry_grace = 60s;
    other.accept_lifetime = 24h;
    const auto told = explain({notes::v1_username, nullptr, {}, other}, now);
    EXPECT_THAT(explanation_text(told, now),
                HasSubstr("assumed:       tolerance 0.25 s, expiry grace 1 min, accepted lifetime "
                          "1 d (what"));
    EXPECT_THAT(explanation_json(told),
                HasSubstr(R"("assumed":{"clock_tolerance_seconds":0.25,"expiry_grace_seconds":60,)"
                          R"("accept_lifetime_seconds":86400})"));
}

TEST(ExplanationText, IsOneLineAboutJunk) {
    EXPECT_EQ(text_of("AAAAAAAAAAAAAAAA"),
              "not a credential: base64 of 12 octets: too short for a credential, which has 52 or "
              "56\n");
}

std::string json_of(std::string_view username, const keyring::ring* keys, wall_time at = now) {
    return explanation_json(explain({username, keys, {}}, at));
}

TEST(ExplanationJson, IsGoodOnlyWithACheckedSignature) {
    const auto ring = notes::ring();
    EXPECT_EQ(
        json_of(notes::v1_username, &ring),
        R"({"credential":true,"dialect":"mras","version":1,"expires":"2030-01-02T03:04:05Z",)"
        R"("client_id":"bb5a59b0","signature_checked":true,"key_id":"0a1b2c3d","key_retired":false,)"
        R"("at":"2030-01-02T02:04:05Z",)"
        R"("assumed":{"clock_tolerance_seconds":300,"expiry_grace_seconds":0,)"
        R"("accept_lifetime_seconds":28800},)"
        R"("good":true,)"
        R"x("words":"good for another 1 h (until 2030-01-02T03:04:05Z)"})x");
    EXPECT_THAT(json_of(notes::v1_username, nullptr), HasSubstr(R"("good":null)"));
    EXPECT_THAT(json_of(notes::v1_username, nullptr), Not(HasSubstr("key_id")));
    EXPECT_THAT(json_of(notes::unsigned_username, nullptr),
                HasSubstr(R"("version":2,"issued":"2030-01-01T19:04:05Z",)"
                          R"("expires":"2030-01-02T03:04:05Z","lifetime_seconds":28800)"));
}

TEST(ExplanationJson, NamesTheReasonOfARefusal) {
    const auto other = notes::ring(0x11);
    EXPECT_THAT(json_of(notes::v1_username, &other),
                HasSubstr(R"("good":false,"reason":"unknown_key")"));
    EXPECT_THAT(json_of(notes::v1_username, nullptr, notes::expiry),
                HasSubstr(R"("good":false,"reason":"expired")"));
    EXPECT_EQ(json_of("AA==", nullptr),
              R"({"credential":false,"signature_checked":false,"at":"2030-01-02T02:04:05Z",)"
              R"("assumed":{"clock_tolerance_seconds":300,"expiry_grace_seconds":0,)"
              R"("accept_lifetime_seconds":28800},)"
              R"("good":false,"reason":"malformed",)"
              R"("words":"base64 of 1 octet: too short for a credential, which has 52 or 56"})");
}

TEST(ExplanationJson, NamesTheDialectAndTheIdentityOfARestName) {
    const auto ring = notes::ring();
    EXPECT_EQ(json_of(notes::rest_name, &ring),
              R"({"credential":true,"dialect":"turn_rest","expires":"2030-01-02T03:04:05Z",)"
              R"("identity":"sip:a b%n@x","signature_checked":false,"at":"2030-01-02T02:04:05Z",)"
              R"("assumed":{"clock_tolerance_seconds":300,"expiry_grace_seconds":0,)"
              R"("accept_lifetime_seconds":28800},"good":null,)"
              R"x("words":"good for another 1 h (until 2030-01-02T03:04:05Z)"})x");
    EXPECT_THAT(json_of("1893553445:=!", nullptr), HasSubstr(R"("identity":null,)"));
    EXPECT_THAT(json_of("1893553445", nullptr), Not(HasSubstr("identity")));
    EXPECT_THAT(
        json_of("1893553445000:a", nullptr),
        HasSubstr(R"({"credential":false,"dialect":"turn_rest","signature_checked":false)"));
}

TEST(ExplanationJson, SaysThatTheKeyWhichSignedIsRetired) {
    const auto retired = notes::rolled_ring(now);
    EXPECT_THAT(json_of(notes::v2_username, &retired),
                HasSubstr(R"("key_id":"0a1b2c3d","key_retired":true,)"));
    const auto serving = notes::rolled_ring(now + ticks{1});
    EXPECT_THAT(json_of(notes::v2_username, &serving),
                HasSubstr(R"("key_id":"0a1b2c3d","key_retired":false,)"));
    EXPECT_THAT(json_of(notes::v2_username, &serving), HasSubstr(R"("good":true)"));
}

}  // namespace
}  // namespace relayauth::cli
