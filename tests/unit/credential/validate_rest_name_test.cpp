#include "relayauth/base/hex.hpp"
#include "relayauth/credential/binding.hpp"
#include "relayauth/credential/issue.hpp"
#include "relayauth/credential/words.hpp"

#include "hand_made.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

// TURN REST names; the passwords are openssl's. Both clocks' edges are in
// validate_rest_name_time_test.cpp.

namespace relayauth::credential {
namespace {

using hand_made::alice;
using hand_made::expiry_2030;
using hand_made::minting;
using hand_made::rest_key;
using hand_made::rest_name;
using hand_made::rest_password;
using hand_made::ring_of;
using hand_made::verifying;
using std::chrono::hours;
using testing::HasSubstr;

constexpr wall_time an_hour_before = expiry_2030 - hours(1);
constexpr std::optional<refusal> good;

validate_limits limits_of(std::vector<std::string> realms = {"example.test", "other.test"}) {
    validate_limits limits;
    limits.realms = std::move(realms);
    return limits;
}

const keyring::ring& two_realms() {
    static const auto ring =
        ring_of(minting(rest_key("rest", {{"example.test", hand_made::rest_secret},
                                          {"other.test", hand_made::other_rest_secret}})));
    return ring;
}

verdict decided(const validate_request& request, wall_time now = an_hour_before,
                const keyring::ring& keys = two_realms(),
                const validate_limits& limits = limits_of()) {
    return validate(request, keys, limits, now);
}

std::optional<refusal> refused(const validate_request& request, wall_time now = an_hour_before) {
    return decided(request, now).refused;
}

TEST(ValidateRestName, FindsOpensslsVectorGood) {
    const auto got = decided({rest_name, rest_password, "example.test", alice});
    EXPECT_EQ(got.refused, good);
    EXPECT_EQ(got.detail, "");
    EXPECT_EQ(got.server_time, an_hour_before);
    EXPECT_EQ(got.dialect, dialect::turn_rest);
    EXPECT_EQ(got.expires_at(), expiry_2030);
    EXPECT_EQ(got.issued_at(), std::nullopt);
    EXPECT_EQ(got.offset(), std::nullopt);
    EXPECT_FALSE(got.claimed) << "no MRAS username";
    EXPECT_EQ(got.key_id(), "rest");
    EXPECT_EQ(got.accept_lifetime, ticks(hours(8)));
}

TEST(ValidateRestName, HashesTheIdentityAsTheMrasDialectDoes) {
    const auto mras = decided({hand_made::v2_username});
    const auto rest = decided({rest_name, rest_password});
    ASSERT_TRUE(mras.client && rest.client);
    EXPECT_EQ(rest.client, mras.client);
    EXPECT_EQ(to_hex(*rest.client), "bb5a59b051cf5cd12cbf688ed164564e1fd59f44");
    // The identity, not its spelling; also when the name is refused.
    const auto spelled = decided({"1893553445:=c2lwOmEgYiVuQHg"});
    ASSERT_TRUE(spelled.client);
    EXPECT_EQ(to_hex(*spelled.client), "b0a5721aa4f835e0a4f0095cdce717112baf9320");
    EXPECT_FALSE(decided({"1893553445:=%"}).client) << "no identity can be read";
    EXPECT_FALSE(decided({rest_name}, an_hour_before, {}).client) << "no key to hash it with";
}

TEST(ValidateRestName, TakesThePasswordOfTheRealmThatIsAskedFor) {
    EXPECT_EQ(refused({rest_name, rest_password, "example.test"}), good);
    EXPECT_EQ(refused({rest_name, hand_made::other_rest_password, "other.test"}), good);
    EXPECT_EQ(refused({rest_name, rest_password, "other.test"}), refusal::wrong_password);
    EXPECT_EQ(refused({rest_name, hand_made::other_rest_password, "example.test"}),
              refusal::wrong_password);
}

TEST(ValidateRestName, TakesThePasswordOfAnyRealmWhenNoneIsAskedFor) {
    EXPECT_EQ(refused({rest_name, rest_password}), good);
    EXPECT_EQ(refused({rest_name, hand_made::other_rest_password}), good);
}

TEST(ValidateRestName, RefusesARealmThatIsNotServed) {
    const auto got = decided({rest_name, rest_password, "third.test"});
    EXPECT_EQ(got.refused, refusal::wrong_realm);
    EXPECT_EQ(got.detail, "");
    EXPECT_EQ(decided({rest_name, rest_password, "other.test"}, an_hour_before, two_realms(),
                      limits_of({"example.test"}))
                  .refused,
              refusal::wrong_realm)
        << "a secret alone does not serve a realm";
}

TEST(ValidateRestName, SaysThatARealmHasNoSecret) {
    const auto got = decided({rest_name, rest_password, "third.test"}, an_hour_before, two_realms(),
                             limits_of({"third.test"}));
    EXPECT_EQ(got.refused, refusal::wrong_realm);
    EXPECT_THAT(std::string(got.detail), HasSubstr("no TURN REST secret"));
    EXPECT_EQ(got.signer, nullptr);
    EXPECT_EQ(decided({rest_name, rest_password}, an_hour_before, hand_made::notes_ring()).refused,
              refusal::wrong_realm);
    auto any = limits_of({});
    any.any_realm = true;
    EXPECT_TRUE(
        decided({rest_name, rest_password, "example.test"}, an_hour_before, two_realms(), any)
            .good());
    EXPECT_EQ(decided({rest_name, rest_password, "third.test"}, an_hour_before, two_realms(), any)
                  .refused,
              refusal::wrong_realm);
}

TEST(ValidateRestName, RefusesAPasswordThatDiffersInOneBitOrInLength) {
    for (std::size_t i = 0; i < rest_password.size(); ++i) {
        std::string other(rest_password);
        other[i] = static_cast<char>(other[i] ^ 1);
        EXPECT_EQ(refused({rest_name, other}), refusal::wrong_password) << i;
        EXPECT_EQ(refused({rest_name, rest_password.substr(0, i)}), refusal::wrong_password) << i;
    }
    const auto empty = decided({rest_name, ""});
    EXPECT_EQ(empty.refused, refusal::wrong_password);
    EXPECT_THAT(std::string(empty.detail), HasSubstr("another key or secret")) << "one was given";
    EXPECT_EQ(empty.signer, nullptr) << "nobody has been shown to have minted it";
}

TEST(ValidateRestName, RefusesAPasswordOfAnotherName) {
    EXPECT_EQ(refused({"1893553446:sip:alice@example.test", rest_password}),
              refusal::wrong_password)
        << "a second of lifetime more";
    EXPECT_EQ(refused({"1893553445:sip:alicf@example.test", rest_password}),
              refusal::wrong_password);
    EXPECT_EQ(refused({"01893553445:sip:alice@example.test", rest_password}),
              refusal::wrong_password);
}

TEST(ValidateRestName, WantsAPasswordUnlessAProofFollows) {
    validate_request request{rest_name};
    const auto bare = decided(request);
    EXPECT_EQ(bare.refused, refusal::wrong_password);
    EXPECT_THAT(std::string(bare.detail), HasSubstr("not signed"));
    request.proof_follows = true;
    const auto promised = decided(request);
    EXPECT_EQ(promised.refused, good);
    EXPECT_EQ(promised.key_id(), "rest");
    request.password = "wrong";
    EXPECT_EQ(refused(request), refusal::wrong_password) << "one that is given must fit";
}

TEST(ValidateRestName, HoldsTheIdentityAgainstTheNamesSpelling) {
    const std::string_view encoded = "1893553445:=c2lwOmEgYiVuQHg";
    const std::string_view password = "cFx0j8JctjFE9LnZb6cOwUf1t58=";
    EXPECT_EQ(refused({encoded, password, {}, "sip:a b%n@x"}), good);
    EXPECT_EQ(refused({encoded, password, {}, "=c2lwOmEgYiVuQHg"}), refusal::wrong_identity)
        << "the spelling is another identity";
    EXPECT_EQ(refused({rest_name, rest_password, {}, alice}), good);
    for (const auto* other :
         {"", "sip:alice@example.tes", "sip:alice@example.test ", "sip:bob@x"}) {
        EXPECT_EQ(refused({rest_name, rest_password, {}, other}), refusal::wrong_identity) << other;
    }
}

// Another minter with our secret may leave a space as it is, and a name without identity has none.
TEST(ValidateRestName, TakesARawSpellingOfOthersForTheIdentityThatItIs) {
    validate_request raw{"1893553445:sip:a b%n@x", {}, {}, "sip:a b%n@x", true};
    EXPECT_EQ(refused(raw), good);
    raw.identity = "sip:a b%n@y";
    EXPECT_EQ(refused(raw), refusal::wrong_identity);
    EXPECT_EQ(refused({"1893553445", {}, {}, "", true}), good);
    EXPECT_EQ(refused({"1893553445:", {}, {}, "", true}), good);
    EXPECT_EQ(refused({"1893553445", {}, {}, alice, true}), refusal::wrong_identity);
}

TEST(ValidateRestName, TriesTheOlderKeyUntilItRetires) {
    const auto ends = expiry_2030 - hours(2);
    const auto keys =
        ring_of(minting(rest_key("new", {{"example.test", hand_made::rest_secret}}, 1)),
                verifying(rest_key("old", {{"example.test", hand_made::other_rest_secret}}), ends));
    const validate_request of_old{rest_name, hand_made::other_rest_password, "example.test"};
    const auto before = decided(of_old, ends - ticks{1}, keys);
    EXPECT_TRUE(before.good());
    EXPECT_EQ(before.key_id(), "old");
    EXPECT_EQ(decided(of_old, ends, keys).refused, refusal::wrong_password);
    EXPECT_EQ(decided({rest_name, rest_password, "example.test"}, ends, keys).key_id(), "new");
    EXPECT_EQ(decided({rest_name, {}, {}, {}, true}, ends - ticks{1}, keys).key_id(), "new")
        << "without a password the newest";
}

TEST(ValidateRestName, PassesOverKeysThatHaveRetiredWhenItNamesTheNewest) {
    const auto keys = ring_of(
        verifying(rest_key("gone", {{"example.test", hand_made::rest_secret}}, 1), an_hour_before),
        verifying(rest_key("old", {{"example.test", hand_made::rest_secret}})));
    EXPECT_EQ(decided({rest_name, {}, {}, {}, true}, an_hour_before, keys).key_id(), "old");
    const auto retired = ring_of(
        verifying(rest_key("gone", {{"example.test", hand_made::rest_secret}}), an_hour_before));
    EXPECT_EQ(decided({rest_name, rest_password}, an_hour_before, retired).refused,
              refusal::wrong_realm);
}

TEST(ValidateRestName, NamesShapeThenTimeThenRealmThenPasswordThenIdentity) {
    validate_request all_wrong{"1893553445000:bob", "wrong", "third.test", alice};
    EXPECT_EQ(refused(all_wrong, expiry_2030), refusal::malformed);
    all_wrong.username = "1893553445:bob";
    EXPECT_EQ(refused(all_wrong, expiry_2030), refusal::expired);
    EXPECT_EQ(refused(all_wrong, expiry_2030 - hours(24)), refusal::minted_ahead);
    EXPECT_EQ(refused(all_wrong), refusal::wrong_realm);
    all_wrong.realm = "example.test";
    EXPECT_EQ(refused(all_wrong), refusal::wrong_password);
    all_wrong.username = rest_name;
    all_wrong.password = rest_password;
    all_wrong.identity = "bob";
    EXPECT_EQ(refused(all_wrong), refusal::wrong_identity);
    all_wrong.identity = alice;
    EXPECT_EQ(refused(all_wrong), std::nullopt);
}

TEST(ValidateRestName, SaysWhatIsWrongWithAShape) {
    const auto digits = decided({"1893553445000:alice"});
    EXPECT_EQ(digits.refused, refusal::malformed);
    EXPECT_EQ(digits.dialect, dialect::turn_rest);
    EXPECT_THAT(std::string(digits.detail), HasSubstr("12 digits"));
    EXPECT_FALSE(digits.window);
    EXPECT_EQ(digits.server_time, an_hour_before);
    const auto size = decided({"1893553445:" + std::string(502, 'a')});
    EXPECT_EQ(size.refused, refusal::malformed);
    EXPECT_THAT(std::string(size.detail), HasSubstr("512"));
}

// The other order of the two parts, as some services had it, is no name of the draft's.
TEST(ValidateRestName, TakesUserBeforeExpiryForNeitherDialect) {
    const auto got = decided({"alice:1893553445", rest_password});
    EXPECT_EQ(got.refused, refusal::malformed);
    EXPECT_EQ(got.dialect, dialect::mras);
}

}  // namespace
}  // namespace relayauth::credential
