#include "relayauth/verify/verifier.hpp"

#include "key_text.hpp"

#include <gtest/gtest.h>

#include <vector>

// What settings may be, and what each of them bends.

namespace relayauth::verify {
namespace {

using key_text::at;
using key_text::file_of;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

std::string problem(const settings& chosen) {
    return verifier::parse(file_of(key_text::notes_key()), chosen).error();
}

verifier both(const settings& chosen) {
    return key_text::ready(file_of(key_text::rsa_key() + std::string(key_text::rsa_realm_line) +
                                   key_text::notes_key()),
                           chosen);
}

TEST(VerifierSettings, RefuseAToleranceOver15Minutes) {
    settings chosen;
    chosen.clock_tolerance = minutes(15);
    EXPECT_EQ(problem(chosen), "");
    chosen.clock_tolerance = minutes(15) + ticks{1};
    EXPECT_EQ(problem(chosen),
              "settings: clock_tolerance is from 0 to 15 min: a larger one would switch the check "
              "off");
    chosen.clock_tolerance = ticks{0};
    EXPECT_EQ(problem(chosen), "");
    chosen.clock_tolerance = -ticks{1};
    EXPECT_NE(problem(chosen), "");
}

TEST(VerifierSettings, RefuseAnExpiryGraceOverADay) {
    settings chosen;
    chosen.expiry_grace = hours(24);
    EXPECT_EQ(problem(chosen), "");
    chosen.expiry_grace = hours(24) + ticks{1};
    EXPECT_EQ(problem(chosen), "settings: expiry_grace is from 0 to 1 day");
    chosen.expiry_grace = -ticks{1};
    EXPECT_NE(problem(chosen), "");
}

TEST(VerifierSettings, RefuseAnAcceptedLifetimeThatNoMintGrants) {
    settings chosen;
    chosen.accept_lifetime = minutes(1);
    EXPECT_EQ(problem(chosen), "");
    chosen.accept_lifetime = minutes(1) - ticks{1};
    EXPECT_EQ(problem(chosen), "settings: accept_lifetime is from 1 min to 180 days");
    chosen.accept_lifetime = hours(24 * 180);
    EXPECT_EQ(problem(chosen), "");
    chosen.accept_lifetime = hours(24 * 180) + ticks{1};
    EXPECT_NE(problem(chosen), "");
}

TEST(VerifierSettings, RefuseALiveGraceOver180Days) {
    settings chosen;
    chosen.live.grace = hours(24 * 180);
    EXPECT_EQ(problem(chosen), "");
    chosen.live.grace = hours(24 * 180) + ticks{1};
    EXPECT_EQ(problem(chosen), "settings: live.grace is from 0 to 180 days");
    chosen.live.grace = -ticks{1};
    EXPECT_NE(problem(chosen), "");
}

TEST(VerifierSettings, ToleranceMovesTheStart) {
    for (const ticks tolerance : {ticks{0}, ticks(seconds(300))}) {
        settings chosen;
        chosen.clock_tolerance = tolerance;
        const auto judge = both(chosen);
        const auto opens = -hours(8) - tolerance;
        EXPECT_EQ(judge.check(key_text::rsa_username, at(opens - ticks{1})).refused(),
                  refusal::not_yet_valid);
        EXPECT_TRUE(judge.check(key_text::rsa_username, at(opens)).good());
        EXPECT_TRUE(judge.check(key_text::rsa_username, at(opens + ticks{1})).good());
    }
}

TEST(VerifierSettings, ExpiryGraceMovesTheEndAndTheDeadline) {
    for (const ticks grace : {ticks{0}, ticks(seconds(60))}) {
        settings chosen;
        chosen.expiry_grace = grace;
        const auto judge = both(chosen);
        EXPECT_TRUE(judge.check(key_text::rsa_username, at(grace - ticks{1})).good());
        EXPECT_EQ(judge.check(key_text::rsa_username, at(grace - ticks{1})).deadline(), at(grace));
        EXPECT_EQ(judge.check(key_text::rsa_username, at(grace)).refused(), refusal::expired);
        EXPECT_EQ(judge.check(key_text::rsa_username, at(grace + ticks{1})).refused(),
                  refusal::expired);
    }
}

TEST(VerifierSettings, AcceptedLifetimeMovesTheStartOfWhatDoesNotSayWhenItWasIssued) {
    for (const ticks lifetime : {ticks(hours(8)), ticks(hours(24))}) {
        settings chosen;
        chosen.accept_lifetime = lifetime;
        const auto judge = both(chosen);
        const auto opens = -lifetime - seconds(300);
        for (const auto username : {key_text::v1_username, key_text::v2_username}) {
            EXPECT_EQ(judge.check(username, at(opens - ticks{1})).refused(), refusal::minted_ahead);
            EXPECT_TRUE(judge.check(username, at(opens)).good());
        }
        EXPECT_EQ(judge.check(key_text::rest_name, key_text::rest_password, at(opens - ticks{1}))
                      .refused(),
                  refusal::minted_ahead);
        EXPECT_TRUE(judge.check(key_text::rest_name, key_text::rest_password, at(opens)).good());
    }
}

TEST(VerifierSettings, TheClockIsAskedOnceByEachCheckWithoutATime) {
    int asked = 0;
    settings chosen;
    chosen.clock = [&asked] {
        ++asked;
        return at(-hours(2));
    };
    const auto judge = both(chosen);
    EXPECT_EQ(judge.check(key_text::rsa_username).server_time(), at(-hours(2)));
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(judge.check(key_text::rsa_username, key_text::rsa_password).server_time(),
              at(-hours(2)));
    EXPECT_EQ(asked, 2);
    EXPECT_EQ(judge.check_message({}, "r").server_time(), at(-hours(2)));
    EXPECT_EQ(asked, 3);
    const auto answer = judge.long_term_key({.username = key_text::rsa_username, .realm = "r"});
    EXPECT_EQ(answer.verdict.server_time(), at(-hours(2)));
    EXPECT_EQ(asked, 4);

    judge.check(key_text::rsa_username, at(hours(0)));
    judge.check(key_text::rsa_username, key_text::rsa_password, at(hours(0)));
    judge.check_message({}, "r", {}, at(hours(0)));
    judge.long_term_key({.username = key_text::rsa_username, .realm = "r"}, at(hours(0)));
    EXPECT_EQ(asked, 4);
}

}  // namespace
}  // namespace relayauth::verify
