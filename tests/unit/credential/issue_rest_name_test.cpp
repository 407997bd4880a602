#include "relayauth/credential/issue_rest_name.hpp"
#include "relayauth/base/hex.hpp"
#include "relayauth/credential/validate.hpp"

#include "hand_made.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::credential {
namespace {

using hand_made::alice;
using hand_made::expiry_2030;
using hand_made::minting;
using hand_made::rest_key;
using hand_made::ring_of;
using hand_made::verifying;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr wall_time eight_hours_before = expiry_2030 - hours(8);

const keyring::ring& two_realms() {
    static const auto ring =
        ring_of(minting(rest_key("rest", {{"example.test", hand_made::rest_secret},
                                          {"other.test", hand_made::other_rest_secret}})));
    return ring;
}

result<minted_rest_name, refusal> issued(const rest_name_request& request,
                                         wall_time now = eight_hours_before,
                                         const issue_limits& limits = {},
                                         const keyring::ring& keys = two_realms()) {
    return issue_rest_name(request, keys, limits, now);
}

refusal why_not(const rest_name_request& request, wall_time now = eight_hours_before,
                const keyring::ring& keys = two_realms()) {
    const auto got = issued(request, now, {}, keys);
    EXPECT_FALSE(got.has_value());
    return got.has_value() ? refusal() : got.error();
}

TEST(IssueRestName, MintsWhatOpensslComputes) {
    const auto got = issued({alice, {}, {}});
    ASSERT_TRUE(got);
    EXPECT_EQ(got->username(), hand_made::rest_name);
    EXPECT_EQ(got->password(), hand_made::rest_password);
    EXPECT_EQ(got->granted, minutes(480));
    EXPECT_EQ(got->issued_at, eight_hours_before);
    EXPECT_EQ(got->expires_at, expiry_2030);
    EXPECT_EQ(got->key_id, "rest");
    EXPECT_EQ(got->realm, "example.test");
    EXPECT_EQ(to_hex(got->client), "bb5a59b051cf5cd12cbf688ed164564e1fd59f44") << "as MRAS has it";
}

TEST(IssueRestName, EncodesAnIdentityThatIsNotPlainAndHashesTheIdentityItself) {
    const auto got = issued({"sip:a b%n@x", {}, {}});
    ASSERT_TRUE(got);
    EXPECT_EQ(got->username(), "1893553445:=c2lwOmEgYiVuQHg");
    EXPECT_EQ(got->password(), "cFx0j8JctjFE9LnZb6cOwUf1t58=");
    EXPECT_EQ(to_hex(got->client), "b0a5721aa4f835e0a4f0095cdce717112baf9320");
}

TEST(IssueRestName, EndsEarlierThanWhatIsGrantedIfTold) {
    const auto got = issued({alice, minutes(1), {}, std::chrono::seconds(10)});
    ASSERT_TRUE(got);
    EXPECT_EQ(got->granted, minutes(1));
    EXPECT_EQ(got->issued_at, eight_hours_before);
    EXPECT_EQ(got->expires_at, eight_hours_before + ticks(std::chrono::seconds(10)));
}

TEST(IssueRestName, IsNotForNobody) {
    EXPECT_EQ(issued({}).error(), refusal::malformed);
}

TEST(IssueRestName, TakesTheSecretOfTheRealmThatIsAskedForElseOfTheFirst) {
    const auto first = issued({alice, {}, "example.test"});
    const auto second = issued({alice, {}, "other.test"});
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->password(), hand_made::rest_password);
    EXPECT_EQ(first->realm, "example.test");
    EXPECT_EQ(second->username(), hand_made::rest_name);
    EXPECT_EQ(second->password(), hand_made::other_rest_password);
    EXPECT_EQ(second->realm, "other.test");
}

TEST(IssueRestName, RefusesARealmWithoutSecret) {
    EXPECT_EQ(why_not({alice, {}, "third.test"}), refusal::wrong_realm);
    EXPECT_EQ(why_not({alice, {}, ""}), refusal::wrong_realm);
    EXPECT_EQ(why_not({alice, {}, {}}, eight_hours_before, hand_made::notes_ring()),
              refusal::wrong_realm)
        << "no realm at all";
}

TEST(IssueRestName, GrantsTheShorterOfWhatWasAskedAndTheMaximum) {
    const auto granted = [](std::optional<minutes> wanted, minutes most) {
        const auto got = issued({alice, wanted, {}}, eight_hours_before, {most});
        EXPECT_TRUE(got);
        EXPECT_EQ(got->expires_at, eight_hours_before + got->granted);
        return got->granted;
    };
    EXPECT_EQ(granted({}, minutes(10)), minutes(10));
    EXPECT_EQ(granted(minutes(9), minutes(10)), minutes(9));
    EXPECT_EQ(granted(minutes(10), minutes(10)), minutes(10));
    EXPECT_EQ(granted(minutes(11), minutes(10)), minutes(10));
    EXPECT_EQ(granted(minutes::max(), minutes(10)), minutes(10));
    EXPECT_EQ(granted(minutes(1), minutes(10)), minutes(1));
}

TEST(IssueRestName, RefusesADurationThatIsNotPositive) {
    EXPECT_EQ(why_not({alice, minutes(0), {}}), refusal::malformed);
    EXPECT_EQ(why_not({alice, minutes(-1), {}}), refusal::malformed);
}

TEST(IssueRestName, RoundsTheExpiryDownToAWholeSecond) {
    const auto late = issued({alice, minutes(1), {}}, expiry_2030 + seconds(1) - ticks{1});
    ASSERT_TRUE(late);
    EXPECT_EQ(late->username(), "1893553505:sip:alice@example.test");
    EXPECT_EQ(late->expires_at, expiry_2030 + minutes(1));
    EXPECT_EQ(late->issued_at, expiry_2030 + seconds(1) - ticks{1});
    const auto next = issued({alice, minutes(1), {}}, expiry_2030 + seconds(1));
    ASSERT_TRUE(next);
    EXPECT_EQ(next->username(), "1893553506:sip:alice@example.test");
}

TEST(IssueRestName, RefusesAnIdentityThatFitsIntoNoStunUsername) {
    EXPECT_TRUE(issued({std::string(501, 'a'), {}, {}}));
    EXPECT_EQ(why_not({std::string(502, 'a'), {}, {}}), refusal::too_large);
    EXPECT_EQ(why_not({std::string(376, ' '), {}, {}}), refusal::too_large);
}

TEST(IssueRestName, MintsWithTheMintingKeyOnly) {
    const auto older_first =
        ring_of(verifying(rest_key("old", {{"example.test", hand_made::other_rest_secret}})),
                minting(rest_key("new", {{"example.test", hand_made::rest_secret}})));
    const auto got = issued({alice, {}, {}}, eight_hours_before, {}, older_first);
    ASSERT_TRUE(got);
    EXPECT_EQ(got->key_id, "new");
    EXPECT_EQ(got->password(), hand_made::rest_password);

    const auto none =
        ring_of(verifying(rest_key("old", {{"example.test", hand_made::rest_secret}})));
    EXPECT_EQ(why_not({alice, {}, {}}, eight_hours_before, none), refusal::internal);
    EXPECT_EQ(why_not({alice, {}, {}}, eight_hours_before, {}), refusal::internal);
}

TEST(IssueRestName, MintsWhatValidateFindsGoodUntilItsExpiry) {
    for (const auto* identity : {"sip:alice@example.test", "sip:a b%n@x", "="}) {
        const auto got = issued({identity, minutes(60), "other.test"});
        ASSERT_TRUE(got);
        validate_limits limits;
        limits.realms = {"other.test"};
        const validate_request shown{got->username(), got->password(), "other.test", identity};
        EXPECT_TRUE(validate(shown, two_realms(), limits, eight_hours_before).good()) << identity;
        EXPECT_TRUE(validate(shown, two_realms(), limits, got->expires_at - ticks{1}).good());
        const auto late = validate(shown, two_realms(), limits, got->expires_at);
        EXPECT_EQ(late.refused, refusal::expired);
        EXPECT_EQ(late.client, got->client) << "logs name it alike at both ends";
    }
}

}  // namespace
}  // namespace relayauth::credential
