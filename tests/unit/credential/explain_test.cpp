#include "relayauth/credential/explain.hpp"

#include "hand_made.hpp"
#include "notes_credential.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace relayauth::credential {
namespace {

using namespace std::chrono_literals;

explain_request asked(std::string_view username, const keyring::ring* keys,
                      const validity_limits& limits = {}) {
    explain_request made{username};
    made.keys = keys;
    made.limits = limits;
    return made;
}

explanation by_times(std::string_view username, wall_time at = notes::expiry - 1h) {
    return explain({username}, at);
}

TEST(Explanation, ReadsV1) {
    const auto told = by_times(notes::v1_username);
    ASSERT_TRUE(told.as_given.said.claimed);
    EXPECT_EQ(told.as_given.said.claimed->version, token::version::v1);
    EXPECT_EQ(told.as_given.said.claimed->expires_at, notes::expiry);
    EXPECT_EQ(told.as_given.said.claimed->lifetime, std::nullopt);
    EXPECT_EQ(told.as_given.said.not_a_credential, "");
    EXPECT_EQ(told.as_given.said.window->issued_at, std::nullopt);
}

TEST(Explanation, ReadsTheLifetimeOfV2) {
    EXPECT_EQ(by_times(notes::v2_username).as_given.said.claimed->lifetime, std::nullopt);
    const auto told = by_times(notes::unsigned_username);
    EXPECT_EQ(told.as_given.said.claimed->lifetime, 8h);
    EXPECT_EQ(told.as_given.said.window->issued_at, notes::expiry - 8h);
}

TEST(Explanation, BlamesTheClockThatDecidedAndNoneForAnotherTime) {
    explain_request made{notes::unsigned_username};
    made.clock_offset = 8h;
    const auto late = notes::expiry + 1h, now = notes::expiry + 2h;
    const auto at_server = explain(made, late, now).as_given;
    EXPECT_EQ(at_server.verdict.words.find("moved"), std::string::npos);
    EXPECT_NE(at_server.verdict.words.find("; at that time 2030-01-02T04:04:05Z"),
              std::string::npos);
    EXPECT_NE(at_server.meanwhile->words.find("; server clock 2030-01-02T05:04:05Z"),
              std::string::npos);
    EXPECT_NE(at_server.meanwhile->words.find("moved on purpose by +8 h"), std::string::npos);
    EXPECT_NE(explain(made, late).as_given.verdict.words.find("moved"), std::string::npos);
    made.by_server = false;
    made.clock_offset = {};
    EXPECT_EQ(explain(made, late, now).as_given.verdict.words, at_server.verdict.words);
    EXPECT_EQ(explain(made, now, now).as_given.verdict.words.find("server"), std::string::npos);
}

TEST(Explanation, WithoutAKeyJudgesByTheTimesAlone) {
    const auto at = [](wall_time when) { return by_times(notes::unsigned_username, when); };
    EXPECT_EQ(at(notes::expiry - 8h - 300s).as_given.verdict.refused, std::nullopt);
    EXPECT_EQ(at(notes::expiry - 8h - 300s - ticks{1}).as_given.verdict.refused,
              refusal::not_yet_valid);
    EXPECT_EQ(at(notes::expiry - ticks{1}).as_given.verdict.refused, std::nullopt);
    EXPECT_EQ(at(notes::expiry).as_given.verdict.refused, refusal::expired);
    EXPECT_FALSE(at(notes::expiry).as_given.checked);
    EXPECT_EQ(at(notes::expiry).as_given.signer, std::nullopt);
    EXPECT_EQ(
        by_times(notes::v1_username, notes::expiry - 8h - 300s - ticks{1}).as_given.verdict.refused,
        refusal::minted_ahead);
    EXPECT_EQ(by_times(notes::v1_username, notes::expiry - 8h - 300s).as_given.verdict.refused,
              std::nullopt);
}

// Each expires at the same time and says nothing of its lifetime.
TEST(Explanation, JudgesByTheLimitsItIsGivenAndTellsThem) {
    validity_limits wide;
    wide.tolerance = 600s;
    wide.expiry_grace = 60s;
    wide.accept_lifetime = 9h;
    const auto ring = notes::ring();
    for (const auto& username : {std::string(notes::v1_username), std::string(notes::rest_name)}) {
        for (const keyring::ring* keys : {static_cast<const keyring::ring*>(nullptr), &ring}) {
            const auto at = [&](wall_time when) {
                return explain(asked(username, keys, wide), when).as_given.verdict.refused;
            };
            EXPECT_EQ(at(notes::expiry - 9h - 600s), std::nullopt) << username;
            EXPECT_EQ(at(notes::expiry - 9h - 600s - ticks{1}), refusal::minted_ahead) << username;
            EXPECT_EQ(at(notes::expiry + 60s - ticks{1}), std::nullopt) << username;
            EXPECT_EQ(at(notes::expiry + 60s), refusal::expired) << username;
            const auto told = explain(asked(username, keys, wide), notes::expiry);
            EXPECT_EQ(told.as_given.verdict.at, notes::expiry);
            EXPECT_EQ(told.assumed.tolerance, wide.tolerance);
            EXPECT_EQ(told.assumed.expiry_grace, wide.expiry_grace);
            EXPECT_EQ(told.assumed.accept_lifetime, wide.accept_lifetime);
        }
    }
}

TEST(Explanation, WithTheKeySaysThatItSigned) {
    const auto ring = notes::ring();
    for (const auto username : {notes::v1_username, notes::v2_username}) {
        const auto told = explain(asked(username, &ring), notes::expiry - 1h);
        EXPECT_TRUE(told.as_given.checked);
        EXPECT_EQ(told.as_given.signer, 0u);
        EXPECT_EQ(told.keys.at(0).id, "0a1b2c3d");
        EXPECT_EQ(told.keys.at(0).verifies_until, std::nullopt);
        EXPECT_EQ(told.as_given.verdict.refused, std::nullopt);
        EXPECT_EQ(explain(asked(username, &ring), notes::expiry).as_given.verdict.refused,
                  refusal::expired);
    }
}

TEST(Explanation, WithAnotherKeySaysThatItDidNot) {
    const auto other = notes::ring(0x11);
    const auto told = explain(asked(notes::v2_username, &other), notes::expiry - 1h);
    EXPECT_TRUE(told.as_given.checked);
    EXPECT_EQ(told.as_given.signer, std::nullopt);
    EXPECT_EQ(told.as_given.verdict.refused, refusal::unknown_key);
    EXPECT_TRUE(told.as_given.said.claimed);
}

TEST(Explanation, WithAnEmptyRingIsOneWithoutAKey) {
    const keyring::ring none;
    const auto told = explain(asked(notes::v2_username, &none), notes::expiry - 1h);
    EXPECT_FALSE(told.as_given.checked);
    EXPECT_EQ(told.as_given.verdict.refused, std::nullopt);
}

TEST(Explanation, ReadsARestNameAndItsIdentity) {
    const auto told = by_times(notes::rest_name);
    ASSERT_TRUE(told.as_given.said.rest_name);
    EXPECT_EQ(told.as_given.said.rest_name->spelled, "=c2lwOmEgYiVuQHg");
    EXPECT_EQ(told.as_given.said.rest_name->identity, "sip:a b%n@x");
    EXPECT_EQ(told.as_given.said.window->expires_at, notes::expiry);
    EXPECT_EQ(told.as_given.said.dialect, credential::dialect::turn_rest);
    EXPECT_EQ(told.as_given.said.not_a_credential, "");
    EXPECT_FALSE(told.as_given.said.claimed);
    EXPECT_EQ(by_times(notes::plain_rest_name).as_given.said.rest_name->identity,
              "sip:alice@example.com");
    EXPECT_EQ(by_times("1893553445:=!").as_given.said.rest_name->identity, std::nullopt);
    EXPECT_EQ(by_times("1893553445").as_given.said.rest_name->spelled, "");
    EXPECT_FALSE(by_times(notes::v1_username).as_given.said.rest_name);
    EXPECT_EQ(by_times(notes::v1_username).as_given.said.dialect, credential::dialect::mras);
}

TEST(Explanation, ChecksNoRestName) {
    const auto ring = notes::ring();
    EXPECT_FALSE(explain(asked(notes::rest_name, &ring), notes::expiry).as_given.checked);
}

TEST(Explanation, HoldsATokenAgainstIdentityAndPassword) {
    const auto held = [](std::string_view username, std::string_view password,
                         std::string_view identity, wall_time at = notes::expiry - 1h) {
        explain_request made{username, password, identity};
        made.keys = &hand_made::notes_ring();
        return explain(made, at).as_given;
    };
    const auto own = held(hand_made::v2_username, hand_made::v2_password, hand_made::alice);
    EXPECT_EQ(own.identity_fits, true);
    EXPECT_EQ(own.password_fits, true);
    EXPECT_EQ(own.verdict.refused, std::nullopt);
    EXPECT_TRUE(own.has_acceptance());
    const auto bob = held(hand_made::v2_username, hand_made::v2_password, "sip:bob@example.test");
    EXPECT_EQ(bob.identity_fits, false);
    EXPECT_EQ(bob.verdict.refused, refusal::wrong_identity);
    EXPECT_FALSE(bob.has_acceptance());
    const auto wrong = held(hand_made::v2_username, hand_made::v1_password, hand_made::alice);
    EXPECT_EQ(wrong.password_fits, false);
    EXPECT_EQ(wrong.verdict.refused, refusal::wrong_password);
    EXPECT_FALSE(wrong.has_acceptance());
    // What fits is told of an expired one too.
    const auto old =
        held(hand_made::v2_username, hand_made::v2_password, hand_made::alice, notes::expiry);
    EXPECT_EQ(old.verdict.refused, refusal::expired);
    EXPECT_EQ(old.identity_fits, true);
    EXPECT_EQ(old.password_fits, true);
}

TEST(Explanation, SaysNothingOfIdentityAndPasswordThatNoKeyCanTell) {
    explain_request made{hand_made::v2_username, hand_made::v2_password, hand_made::alice};
    const auto told = explain(made, notes::expiry - 1h).as_given;
    EXPECT_EQ(told.identity_fits, std::nullopt);
    EXPECT_EQ(told.password_fits, std::nullopt);
    EXPECT_EQ(told.verdict.refused, std::nullopt);
    const auto other = notes::ring(0x11);
    made.keys = &other;
    EXPECT_EQ(explain(made, notes::expiry - 1h).as_given.identity_fits, std::nullopt);
}

TEST(Explanation, HoldsARestNameAgainstTheKeysOnlyWithAPassword) {
    const auto ring = hand_made::ring_of(
        hand_made::minting(hand_made::rest_key("new", {{"a", hand_made::other_rest_secret}})),
        hand_made::verifying(hand_made::rest_key("old", {{"a", hand_made::rest_secret}})));
    explain_request made{hand_made::rest_name};
    made.keys = &ring;
    const auto alone = explain(made, notes::expiry - 1h).as_given;
    EXPECT_FALSE(alone.checked);
    EXPECT_EQ(alone.verdict.refused, std::nullopt);
    EXPECT_EQ(alone.password_fits, std::nullopt);
    made.password = hand_made::rest_password;
    made.identity = hand_made::alice;
    for (const auto at : {notes::expiry - 1h, notes::expiry}) {
        const auto told = explain(made, at).as_given;
        EXPECT_TRUE(told.checked);
        EXPECT_EQ(told.signer, 1u);
        EXPECT_EQ(told.password_fits, true);
        EXPECT_EQ(told.identity_fits, true);
        EXPECT_EQ(told.verdict.refused.has_value(), at == notes::expiry);
    }
    made.password = "wrong";
    const auto wrong = explain(made, notes::expiry - 1h).as_given;
    EXPECT_EQ(wrong.signer, std::nullopt);
    EXPECT_EQ(wrong.password_fits, false);
    EXPECT_EQ(wrong.verdict.refused, refusal::wrong_password);
    EXPECT_FALSE(wrong.has_acceptance());
}

TEST(Explanation, TellsWithoutAKeyWhoseARestNameIs) {
    explain_request made{hand_made::rest_name, {}, hand_made::alice};
    EXPECT_EQ(explain(made, notes::expiry - 1h).as_given.identity_fits, true);
    made.identity = "sip:bob@example.test";
    const auto bob = explain(made, notes::expiry - 1h).as_given;
    EXPECT_EQ(bob.identity_fits, false);
    EXPECT_EQ(bob.verdict.refused, refusal::wrong_identity);
}

TEST(Explanation, ReadsTheMendedTextWithTheSameKeysAndClock) {
    const auto ring = notes::ring();
    const auto broken = " " + std::string(notes::v2_username);
    const auto told = explain(asked(broken, &ring), notes::expiry - 1h, notes::expiry);
    EXPECT_FALSE(told.as_given.said.is_credential());
    ASSERT_TRUE(told.mended);
    EXPECT_EQ(told.mended->username, notes::v2_username);
    const auto whole = explain(asked(notes::v2_username, &ring), notes::expiry - 1h, notes::expiry);
    EXPECT_EQ(told.mended->read, whole.as_given);
    EXPECT_EQ(whole.mended, std::nullopt);
    EXPECT_TRUE(whole.mistakes.empty());
}

TEST(Explanation, HoldsAnExchangedPairTheRightWayRound) {
    explain_request made{hand_made::v2_password, hand_made::v2_username};
    made.keys = &hand_made::notes_ring();
    const auto told = explain(made, notes::expiry - 1h);
    ASSERT_TRUE(told.mended);
    EXPECT_EQ(told.mended->username, hand_made::v2_username);
    EXPECT_EQ(told.mended->read.password_fits, true);
    EXPECT_EQ(told.mended->read.verdict.refused, std::nullopt);
}

TEST(Explanation, TellsFromWhenUntilWhenAClockAcceptsIt) {
    const auto told = by_times(notes::unsigned_username);
    EXPECT_TRUE(told.as_given.has_acceptance());
    EXPECT_EQ(told.as_given.opens_at, notes::expiry - 8h - 300s);
    EXPECT_EQ(told.as_given.closes_at, notes::expiry);
    const auto at = [](wall_time when) {
        return by_times(notes::unsigned_username, when).as_given.verdict.refused;
    };
    EXPECT_EQ(at(*told.as_given.opens_at), std::nullopt);
    EXPECT_NE(at(*told.as_given.opens_at - ticks{1}), std::nullopt);
    EXPECT_EQ(at(*told.as_given.closes_at - ticks{1}), std::nullopt);
    EXPECT_NE(at(*told.as_given.closes_at), std::nullopt);
}

TEST(Explanation, EndsTheAcceptanceWhereItsKeyRetires) {
    const auto until = notes::expiry - 30min;
    const auto rolled = notes::rolled_ring(until);
    const auto told = explain(asked(notes::v2_username, &rolled), notes::expiry - 1h);
    EXPECT_EQ(told.as_given.closes_at, until);
    const auto past = notes::rolled_ring(notes::expiry - 30h);
    EXPECT_FALSE(
        explain(asked(notes::v2_username, &past), notes::expiry).as_given.has_acceptance());
}

TEST(Explanation, KnowsNoClockForWhatNoKeySigned) {
    const auto other = notes::ring(0x11);
    const auto told = explain(asked(notes::v2_username, &other), notes::expiry - 1h);
    EXPECT_FALSE(told.as_given.has_acceptance());
    EXPECT_FALSE(by_times("junk").as_given.has_acceptance());
}

TEST(Explanation, JudgesAlsoByNow) {
    const auto told = explain({notes::v2_username}, notes::expiry - 1h, notes::expiry);
    EXPECT_EQ(told.as_given.verdict.refused, std::nullopt);
    ASSERT_TRUE(told.as_given.meanwhile);
    EXPECT_EQ(told.as_given.meanwhile->refused, refusal::expired);
    EXPECT_EQ(told.as_given.meanwhile->at, notes::expiry);
    EXPECT_FALSE(explain({notes::v2_username}, notes::expiry, notes::expiry).as_given.meanwhile);
}

}  // namespace
}  // namespace relayauth::credential
