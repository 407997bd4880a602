#include "relayauth/cli/explanation_json.hpp"

#include "tests/unit/credential/notes_credential.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace relayauth::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

const wall_time now = notes::expiry - 1h;

credential::explanation told_of(std::string_view username, const keyring::ring* keys = nullptr,
                                wall_time at = now) {
    credential::explain_request asked{username};
    asked.keys = keys;
    return credential::explain(asked, at, now);
}

std::string json_of(std::string_view username, const keyring::ring* keys, wall_time at = now) {
    return explanation_json(told_of(username, keys, at), {now});
}

TEST(ExplanationJson, IsGoodOnlyWithACheckedSignature) {
    const auto ring = notes::ring();
    EXPECT_EQ(json_of(notes::v1_username, &ring),
              R"({"credential":true,"dialect":"mras","version":1,"expires":"2030-01-02T03:04:05Z",)"
              R"("expires_in_seconds":3600,"client_id":"bb5a59b0","signature_checked":true,)"
              R"("key_id":"0a1b2c3d","key_retired":false,)"
              R"("accepted_from":"2030-01-01T18:59:05Z","accepted_from_in_seconds":-25500,)"
              R"("accepted_until":"2030-01-02T03:04:05Z","accepted_until_in_seconds":3600,)"
              R"("at":"2030-01-02T02:04:05Z","good":true,)"
              R"x("words":"good for another 1 h (until 2030-01-02T03:04:05Z)",)x"
              R"("assumed":{"clock_tolerance_seconds":300,"expiry_grace_seconds":0,)"
              R"("accept_lifetime_seconds":28800}})");
    EXPECT_THAT(json_of(notes::v1_username, nullptr), HasSubstr(R"("good":null)"));
    EXPECT_THAT(json_of(notes::v1_username, nullptr), Not(HasSubstr("key_id")));
    EXPECT_THAT(json_of(notes::unsigned_username, nullptr),
                HasSubstr(R"("version":2,"issued":"2030-01-01T19:04:05Z",)"
                          R"("issued_in_seconds":-25200,"expires":"2030-01-02T03:04:05Z",)"
                          R"("expires_in_seconds":3600,"lifetime_seconds":28800)"));
}

TEST(ExplanationJson, NamesTheReasonOfARefusal) {
    const auto other = notes::ring(0x11);
    EXPECT_THAT(json_of(notes::v1_username, &other),
                HasSubstr(R"("good":false,"reason":"unknown_key")"));
    EXPECT_THAT(json_of(notes::v1_username, &other), Not(HasSubstr("accepted_from")));
    EXPECT_THAT(json_of(notes::v1_username, nullptr, notes::expiry),
                HasSubstr(R"("good":false,"reason":"expired")"));
    EXPECT_EQ(json_of("AA==", nullptr),
              R"({"credential":false,"signature_checked":false,"at":"2030-01-02T02:04:05Z",)"
              R"("good":false,"reason":"malformed","words":"4 octets, base64 of 1 octet: too )"
              R"(short for a credential, which has 52 or 56",)"
              R"("assumed":{"clock_tolerance_seconds":300,"expiry_grace_seconds":0,)"
              R"("accept_lifetime_seconds":28800}})");
}

TEST(ExplanationJson, NamesTheDialectAndTheIdentityOfARestName) {
    const auto ring = notes::ring();
    EXPECT_EQ(json_of(notes::rest_name, &ring),
              R"({"credential":true,"dialect":"turn_rest","expires":"2030-01-02T03:04:05Z",)"
              R"("expires_in_seconds":3600,"identity":"sip:a b%n@x","signature_checked":false,)"
              R"("accepted_from":"2030-01-01T18:59:05Z","accepted_from_in_seconds":-25500,)"
              R"("accepted_until":"2030-01-02T03:04:05Z","accepted_until_in_seconds":3600,)"
              R"("at":"2030-01-02T02:04:05Z","good":null,)"
              R"x("words":"good for another 1 h (until 2030-01-02T03:04:05Z)",)x"
              R"("assumed":{"clock_tolerance_seconds":300,"expiry_grace_seconds":0,)"
              R"("accept_lifetime_seconds":28800}})");
    EXPECT_THAT(json_of("1893553445:=!", nullptr), HasSubstr(R"("identity":null,)"));
    EXPECT_THAT(json_of("1893553445", nullptr), Not(HasSubstr("identity")));
    EXPECT_THAT(
        json_of("18935534450000:a", nullptr),
        HasSubstr(R"({"credential":false,"dialect":"turn_rest","signature_checked":false)"));
}

TEST(ExplanationJson, NamesTheMistakeAndReadsTheMendedText) {
    const auto json = json_of("alice:1893553445", nullptr);
    EXPECT_THAT(json, HasSubstr(R"("mistakes":[{"name":"wrong_way_round","words":"user:expiry, )"));
    EXPECT_THAT(json, HasSubstr(R"("mended":{"username":"1893553445:alice","credential":true,)"
                                R"("dialect":"turn_rest",)"));
    EXPECT_THAT(json_of(notes::v1_username, nullptr), Not(HasSubstr("mistakes")));
    EXPECT_THAT(json_of("Q47qmv8PVtY9tvdql0ZYgxDgMc0=", nullptr), Not(HasSubstr("Q47q")));
}

TEST(ExplanationJson, HasTheVerdictOfNowBesideThatOfAnotherTime) {
    EXPECT_THAT(json_of(notes::v1_username, nullptr, notes::expiry),
                HasSubstr(R"x("now":{"at":"2030-01-02T02:04:05Z","good":null,"words":"good for)x"));
    EXPECT_THAT(json_of(notes::v1_username, nullptr), Not(HasSubstr("now")));
}

TEST(ExplanationJson, TellsOfIdentityAndPasswordWhatAKeyCanTell) {
    const auto ring = notes::ring();
    credential::explain_request asked{notes::v2_username, "none", "sip:alice@example.test"};
    EXPECT_THAT(explanation_json(credential::explain(asked, now), {now}), Not(HasSubstr("_fits")));
    asked.keys = &ring;
    EXPECT_THAT(explanation_json(credential::explain(asked, now), {now}),
                HasSubstr(R"("identity_fits":true,"password_fits":false,)"));
}

TEST(ExplanationJson, OfAServerHasItsClock) {
    EXPECT_THAT(explanation_json(told_of(notes::v2_username), {now, {}, 8h}),
                HasSubstr(R"("clock_offset_seconds":0,"server_time":"2030-01-02T02:04:05Z",)"
                          R"("server_ahead_seconds":28800})"));
}

TEST(ExplanationJson, RoundsHowFarTheServerIsAhead) {
    const std::pair<ticks, const char*> cases[] = {{8h - 3ms, "28800"},
                                                   {8h + 3ms, "28800"},
                                                   {-8h + 3ms, "-28800"},
                                                   {-8h - 3ms, "-28800"},
                                                   {-3ms, "0"}};
    for (const auto& [ahead, seconds] : cases) {
        EXPECT_THAT(explanation_json(told_of(notes::v2_username), {now, {}, ahead}),
                    HasSubstr("\"server_ahead_seconds\":" + std::string(seconds) + "}"));
    }
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

TEST(ExplanationJson, CountsExactlyHoweverFarAnExpiryIs) {
    // 999999999999 seconds after 1970 less those until `now`, 1893549845.
    EXPECT_THAT(json_of("999999999999:a", nullptr),
                HasSubstr(R"("expires_in_seconds":998106450154,)"));
    EXPECT_THAT(json_of(notes::v2_username, nullptr, now), HasSubstr(R"(_in_seconds":3600,)"));
    // Rounded down on both sides of now.
    const auto told = told_of(notes::v2_username);
    EXPECT_THAT(explanation_json(told, {notes::expiry - ticks{1}}),
                HasSubstr(R"("expires_in_seconds":0,)"));
    EXPECT_THAT(explanation_json(told, {notes::expiry + ticks{1}}),
                HasSubstr(R"("expires_in_seconds":-1,)"));
}

TEST(ExplanationJson, NamesTheKeysThatDidNotSign) {
    const auto ring = notes::rolled_ring(now + 1h);
    EXPECT_THAT(json_of(notes::unsigned_username, &ring),
                HasSubstr(R"("keys_tried":["4e4e4e4e","0a1b2c3d"],)"));
    EXPECT_THAT(json_of(notes::v2_username, &ring), Not(HasSubstr("keys_tried")));
    EXPECT_THAT(json_of(notes::unsigned_username, nullptr), Not(HasSubstr("keys_tried")));
}

TEST(ExplanationJson, SaysNullOfWhatNobodyCouldCheck) {
    const explanation_setting both{now, {}, {}, true, true};
    const auto json = explanation_json(told_of(notes::v2_username), both);
    EXPECT_THAT(json, HasSubstr(R"("identity_fits":null,"password_fits":null,)"));
    EXPECT_THAT(json_of(notes::v2_username, nullptr), Not(HasSubstr("_fits")));
    EXPECT_THAT(explanation_json(told_of("junk"), both), Not(HasSubstr("_fits")));
}

}  // namespace
}  // namespace relayauth::cli
