#include "relayauth/cli/explanation_text.hpp"

#include "relayauth/cli/explanation_json.hpp"

#include "tests/unit/credential/notes_credential.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <regex>
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

credential::explanation told_of(std::string_view username, const keyring::ring* keys = nullptr,
                                wall_time at = now, const validity_limits& limits = {}) {
    credential::explain_request asked{username};
    asked.keys = keys;
    asked.limits = limits;
    return credential::explain(asked, at, now);
}

std::string text_of(std::string_view username, wall_time at = now) {
    return explanation_text(told_of(username, nullptr, at), {now});
}

TEST(ExplanationText, ShowsEveryTimeInThreeWays) {
    ASSERT_TRUE(zone_is_set);
    EXPECT_EQ(
        text_of(notes::unsigned_username),
        "form:          v2, with its lifetime\n"
        "issued:        2030-01-01T19:04:05Z (7 h ago), here 2030-01-02 03:04:05 +0800\n"
        "expires:       2030-01-02T03:04:05Z (in 1 h), here 2030-01-02 11:04:05 +0800\n"
        "lifetime:      8 h\n"
        "client id:     bb5a59b0 (a keyed hash of the identity)\n"
        "signature:     nobody checked it (give --certificate F and --key F, or "
        "--server HOST:PORT)\n"
        "accepted:      from 2030-01-01T18:59:05Z (7 h 5 min ago), here 2030-01-02 02:59:05 +0800\n"
        "until:         2030-01-02T03:04:05Z (in 1 h), here 2030-01-02 11:04:05 +0800\n"
        "verdict:       by its times alone, good for another 1 h (until "
        "2030-01-02T03:04:05Z)\n"
        "assumed:       tolerance 5 min, expiry grace 0 s, accepted lifetime 8 h (what the "
        "server is set to may differ)\n");
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
        return explanation_text(told_of(notes::v2_username, &keys), {now, files});
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
    return explanation_text(told_of(username, &ring), {now, files});
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
    EXPECT_EQ(
        text_of(notes::rest_name),
        "form:          TURN REST: does not say when it was issued\n"
        "expires:       2030-01-02T03:04:05Z (in 1 h), here 2030-01-02 11:04:05 +0800\n"
        "identity:      sip:a b%n@x (spelled =c2lwOmEgYiVuQHg)\n"
        "signature:     none: only its password proves that it was minted (give "
        "PASSWORD with --certificate F and --realm R)\n"
        "accepted:      from 2030-01-01T18:59:05Z (7 h 5 min ago), here 2030-01-02 02:59:05 +0800\n"
        "until:         2030-01-02T03:04:05Z (in 1 h), here 2030-01-02 11:04:05 +0800\n"
        "verdict:       by its times alone, good for another 1 h (until "
        "2030-01-02T03:04:05Z)\n"
        "assumed:       tolerance 5 min, expiry grace 0 s, accepted lifetime 8 h (what the "
        "server is set to may differ)\n");
    EXPECT_THAT(text_of(notes::rest_name, notes::expiry),
                HasSubstr("verdict:       by its times alone, refused as expired: "));
}

TEST(ExplanationText, SaysThatACertificateCannotTellWhoseARestNameIs) {
    const auto ring = notes::ring();
    const std::vector<std::string> files{"a.pem"};
    EXPECT_THAT(explanation_text(told_of(notes::rest_name, &ring), {now, files}),
                HasSubstr("signature:     none: a key alone cannot tell whose name it is; only its "
                          "password proves that it was minted (give PASSWORD with --certificate F "
                          "and --realm R)\n"));
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
    EXPECT_THAT(later, HasSubstr("as of:         2030-01-02T04:04:05Z (in 2 h), here "));
    EXPECT_THAT(later, HasSubstr("by its times alone, refused as expired: 1 h after expiry"));
}

TEST(ExplanationText, NamesTheLimitsThatTheVerdictAssumed) {
    validity_limits other;
    other.tolerance = 250ms;
    other.expiry_grace = 60s;
    other.accept_lifetime = 24h;
    const auto told = told_of(notes::v1_username, nullptr, now, other);
    EXPECT_THAT(explanation_text(told, {now}),
                HasSubstr("assumed:       tolerance 0.25 s, expiry grace 1 min, accepted lifetime "
                          "1 d (what"));
    EXPECT_THAT(explanation_json(told, {now}),
                HasSubstr(R"("assumed":{"clock_tolerance_seconds":0.25,"expiry_grace_seconds":60,)"
                          R"("accept_lifetime_seconds":86400})"));
}

TEST(ExplanationText, IsOneLineAboutJunk) {
    EXPECT_EQ(text_of("AAAAAAAAAAAAAAAA"),
              "not a credential of either dialect: 16 octets, base64 of 12 octets: too short for a "
              "credential, which has 52 or "
              "56\n");
}

TEST(ExplanationText, ShowsTheMistakeThenTheMendedReading) {
    const auto text = text_of("alice:1893553445");
    EXPECT_THAT(text, HasSubstr("not a credential of either dialect: 16 octets, not base64"));
    EXPECT_THAT(text, HasSubstr("\nlooks like:    user:expiry, the wrong way round: "));
    EXPECT_THAT(text, HasSubstr("\nmended:        1893553445:alice\nform:          TURN REST"));
    EXPECT_THAT(text_of(notes::v2_username), Not(HasSubstr("looks like:")));
}

TEST(ExplanationText, NeverShowsAPastedPassword) {
    const auto text = text_of("Q47qmv8PVtY9tvdql0ZYgxDgMc0=");
    EXPECT_THAT(text, HasSubstr("\nlooks like:    a password: "));
    EXPECT_THAT(text, Not(HasSubstr("Q47q")));
}

TEST(ExplanationText, SaysWhatFitsAndThatNoClockHelpsWhereItDoesNot) {
    const auto ring = notes::ring();
    credential::explain_request asked{notes::v2_username, "none", "sip:alice@example.test"};
    asked.keys = &ring;
    const auto text = explanation_text(credential::explain(asked, now), {now});
    EXPECT_THAT(text, HasSubstr("\nminted for:    that --identity\npassword:      NOT its own\n"
                                "accepted:      by no clock\n"));
}

TEST(ExplanationText, OfAServerHasItsClockAndSettings) {
    const auto ring = notes::ring();
    const auto text = explanation_text(told_of(notes::v2_username, &ring), {now, {}, 8h});
    EXPECT_THAT(text, HasSubstr("accepted lifetime 8 h (the server's settings)\n"
                                "server clock:  2030-01-02T02:04:05Z\n"
                                "clocks: the server's is 8 h ahead of this machine's (looks like a "
                                "time zone error of +8 h)\n"));
    EXPECT_THAT(text, HasSubstr("signature:     by key 0a1b2c3d\n"));
}

TEST(ExplanationText, SaysThatNobodyCheckedPasswordOrIdentity) {
    const auto bindings = [](std::string_view username, const keyring::ring* keys,
                             std::optional<ticks> server_ahead = {}) {
        const explanation_setting both{now, {}, server_ahead, true, true};
        return explanation_text(told_of(username, keys), both);
    };
    const auto offline = bindings(notes::v2_username, nullptr);
    const std::string why = "not checked: only the key that signed the username can tell";
    const std::string give = " (give --certificate F and --key F, or --server HOST:PORT)\n";
    EXPECT_THAT(offline, HasSubstr("minted for:    " + why + give));
    EXPECT_THAT(offline, HasSubstr("password:      " + why + give));
    const auto other = notes::ring(0x11);
    EXPECT_THAT(bindings(notes::v2_username, &other), HasSubstr("password:      " + why + "\n"));
    EXPECT_THAT(bindings(notes::v2_username, nullptr, 0s),
                HasSubstr("password:      not checked: the server holds no key\n"));
    EXPECT_THAT(bindings(notes::rest_name, &other),
                HasSubstr("password:      not checked: it takes the key and realm that it was made "
                          "for"));
    EXPECT_THAT(bindings(notes::rest_name, nullptr, 0s),
                HasSubstr("password:      not checked: the server holds no TURN REST secret"));
    EXPECT_THAT(text_of(notes::v2_username), Not(HasSubstr("password:")));
    EXPECT_THAT(text_of(notes::v2_username), Not(HasSubstr("minted for:")));
}

std::string without_local_times(std::string text) {
    static const std::regex local(", here [^\n]*");
    return std::regex_replace(text, local, "");
}

TEST(ExplanationText, DiffersBetweenTimeZonesInLocalTimesOnly) {
    const std::string texts[] = {std::string(notes::unsigned_username), "alice:1893553445", "junk",
                                 std::string(notes::rest_name)};
    for (const auto& each : texts) {
        const auto here = text_of(each, notes::expiry);
        const auto json = explanation_json(told_of(each, nullptr, notes::expiry), {now});
        for (const char* zone : {"UTC", "America/New_York", "Asia/Kolkata", "Pacific/Apia",
                                 "<+1245>-12:45", "nonsense", ""}) {
            ::setenv("TZ", zone, 1);
            ::tzset();
            EXPECT_EQ(without_local_times(text_of(each, notes::expiry)), without_local_times(here));
            EXPECT_EQ(explanation_json(told_of(each, nullptr, notes::expiry), {now}), json);
        }
        ::setenv("TZ", "CST-8", 1);
        ::tzset();
    }
}

}  // namespace
}  // namespace relayauth::cli
