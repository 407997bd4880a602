#include "relayauth/credential/validate.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/base/hex.hpp"
#include "relayauth/credential/issue.hpp"

#include "hand_made.hpp"
#include "notes_credential.hpp"

#include <gtest/gtest.h>

#include <string>

// Which refusal each wrong thing gets, which of two wrong things is named, and which key is tried.
// Time edges are in validate_time_test.cpp, damaged usernames in validate_altered_test.cpp.
// forbidden, too_large and busy have no producer in this room; internal has one in issue().

namespace relayauth::credential {
namespace {

using hand_made::alice;
using hand_made::expiry_2030;
using hand_made::key;
using hand_made::notes_ring;
using std::chrono::hours;

constexpr wall_time an_hour_before = expiry_2030 - hours(1);

// The version 2 vector, its password, its identity and a realm of ours: good in every respect.
validate_request good_request() {
    return {hand_made::v2_username, hand_made::v2_password, "example.test", alice};
}
validate_limits limits_with_realm() {
    validate_limits limits;
    limits.realms = {"example.test"};
    return limits;
}

std::optional<refusal> refused(const validate_request& request, wall_time now = an_hour_before,
                               const validate_limits& limits = limits_with_realm()) {
    return validate(request, notes_ring(), limits, now).refused;
}

TEST(Validate, FindsTheVectorsOfTheProtocolNotesGood) {
    const auto now = an_hour_before;
    const auto v1 = validate({hand_made::v1_username, hand_made::v1_password, {}, alice},
                             notes_ring(), {}, now);
    const auto v2 = validate({hand_made::v2_username, hand_made::v2_password, {}, alice},
                             notes_ring(), {}, now);
    EXPECT_TRUE(v1.good());
    EXPECT_TRUE(v2.good());
    EXPECT_EQ(v1.claimed->version, token::version::v1);
    EXPECT_EQ(v2.claimed->version, token::version::v2);
    for (const auto& decided : {v1, v2}) {
        EXPECT_EQ(decided.server_time, now);
        EXPECT_EQ(decided.expires_at(), expiry_2030);
        EXPECT_FALSE(decided.issued_at());
        EXPECT_FALSE(decided.offset());
        EXPECT_EQ(decided.key_id(), "notes");
        EXPECT_EQ(to_hex(decided.claimed->client), "bb5a59b051cf5cd12cbf688ed164564e1fd59f44");
    }
}

TEST(Validate, AsksForNothingThatTheCallerDidNotShow) {
    EXPECT_EQ(refused({hand_made::v2_username, {}, {}, {}}), std::nullopt);
    EXPECT_EQ(refused(good_request()), std::nullopt);
}

TEST(Validate, TellsTheIssueTimeAndTheSignedOffsetFromTheFlags) {
    const auto username = hand_made::username(expiry_2030, hand_made::flags_of_8_hours);
    const auto later = validate({username, {}, {}, {}}, notes_ring(), {}, an_hour_before);
    EXPECT_TRUE(later.good());
    EXPECT_EQ(later.issued_at(), expiry_2030 - hours(8));
    EXPECT_EQ(later.offset(), ticks(hours(7)));
    const auto behind = validate({username, {}, {}, {}}, notes_ring(), {}, expiry_2030 - hours(9));
    EXPECT_EQ(behind.refused, refusal::not_yet_valid);
    EXPECT_EQ(behind.offset(), ticks(-hours(1)));
}

TEST(Validate, ReportsTheAcceptedLifetimeThatItUsed) {
    validate_limits limits;
    EXPECT_EQ(limits.time.accept_lifetime, ticks(hours(8)));
    limits.time.accept_lifetime = hours(24);
    EXPECT_EQ(validate({}, notes_ring(), limits, an_hour_before).accept_lifetime, ticks(hours(24)));
}

TEST(Validate, CachesNoVerdict) {
    EXPECT_EQ(refused(good_request(), expiry_2030 - ticks{1}), std::nullopt);
    EXPECT_EQ(refused(good_request(), expiry_2030), refusal::expired);
    EXPECT_EQ(refused(good_request(), expiry_2030 - ticks{1}), std::nullopt);
}

TEST(Validate, RefusesAPasswordThatDiffersInOneBit) {
    for (std::size_t bit = 0; bit < 160; ++bit) {
        hand_made::octets password(20);
        ASSERT_EQ(decode_base64(hand_made::v2_password, password), 20u);
        password[bit / 8] = static_cast<std::uint8_t>(password[bit / 8] ^ 1u << bit % 8);
        const auto text = encode_base64(password);
        EXPECT_EQ(refused({hand_made::v2_username, text, {}, {}}), refusal::wrong_password) << bit;
    }
}

TEST(Validate, RefusesAPasswordOfAnotherLengthOrSpelling) {
    const std::string password(hand_made::v2_password);
    for (std::size_t size = 0; size < password.size(); ++size) {
        EXPECT_EQ(refused({hand_made::v2_username, password.substr(0, size), {}, {}}),
                  refusal::wrong_password)
            << size;
    }
    for (const auto& other :
         {password + "=", password + "A", " " + password, password + "\n",
          std::string(1 << 20, 'A'), std::string("FMvKMCWrDianBoEHgMmaxd6Nwy9=")}) {
        EXPECT_EQ(refused({hand_made::v2_username, other, {}, {}}), refusal::wrong_password);
    }
}

TEST(Validate, RefusesThePasswordOfAnotherCredential) {
    EXPECT_EQ(refused({hand_made::v2_username, hand_made::v1_password, {}, {}}),
              refusal::wrong_password);
    EXPECT_EQ(refused({hand_made::v1_username, hand_made::v2_password, {}, {}}),
              refusal::wrong_password);
}

TEST(Validate, RefusesEveryIdentityButTheMinted) {
    for (const auto* other : {"", "sip:bob@example.test", "sip:Alice@example.test",
                              "sip:alice@example.tes", "sip:alice@example.test "}) {
        auto request = good_request();
        request.identity = other;
        EXPECT_EQ(refused(request), refusal::wrong_identity) << other;
    }
}

TEST(Validate, AnswersOnlyForTheRealmsThatAreConfigured) {
    const auto refused_with = [](std::vector<std::string> realms, std::string_view asked) {
        validate_limits limits;
        limits.realms = std::move(realms);
        return refused({hand_made::v2_username, {}, asked, {}}, an_hour_before, limits);
    };
    EXPECT_EQ(refused_with({}, "a"), refusal::wrong_realm);
    EXPECT_EQ(refused_with({}, ""), refusal::wrong_realm);
    EXPECT_EQ(refused_with({"a"}, "a"), std::nullopt);
    EXPECT_EQ(refused_with({"a"}, "b"), refusal::wrong_realm);
    EXPECT_EQ(refused_with({"a"}, "A"), refusal::wrong_realm);
    EXPECT_EQ(refused_with({"a"}, ""), refusal::wrong_realm);
    EXPECT_EQ(refused_with({"a", "b"}, "a"), std::nullopt);
    EXPECT_EQ(refused_with({"a", "b"}, "b"), std::nullopt);
    EXPECT_EQ(refused_with({"a", "b"}, "ab"), refusal::wrong_realm);
}

TEST(Validate, NamesTheFirstWrongThingInTheDocumentedOrder) {
    validate_request all_wrong{hand_made::v2_username, "wrong", "wrong", "wrong"};
    EXPECT_EQ(refused(all_wrong), refusal::wrong_realm);
    all_wrong.realm = "example.test";
    EXPECT_EQ(refused(all_wrong), refusal::wrong_identity);
    all_wrong.identity = alice;
    EXPECT_EQ(refused(all_wrong), refusal::wrong_password);
}

TEST(Validate, NamesTimeBeforeWhatTheCredentialIsBoundTo) {
    const validate_request all_wrong{hand_made::v2_username, "wrong", "wrong", "wrong"};
    EXPECT_EQ(refused(all_wrong, expiry_2030), refusal::expired);
    EXPECT_EQ(refused(all_wrong, expiry_2030 - hours(24)), refusal::minted_ahead);
    const auto dated = hand_made::username(expiry_2030, hand_made::flags_of_8_hours);
    EXPECT_EQ(refused({dated, "wrong", "wrong", "wrong"}, expiry_2030 - hours(24)),
              refusal::not_yet_valid);
}

TEST(Validate, NamesTheShapeFirstThenTheSignatureThenTheTime) {
    const auto foreign = hand_made::ring_of(hand_made::minting(key("foreign", 1)));
    const auto decided =
        validate({hand_made::v2_username, "wrong", "wrong", "wrong"}, foreign, {}, expiry_2030);
    EXPECT_EQ(decided.refused, refusal::unknown_key);
    EXPECT_EQ(decided.key_id(), "");
    EXPECT_EQ(decided.expires_at(), expiry_2030);  // a claim, for people

    const auto shapeless = validate({"AAAA", "wrong", "wrong", "wrong"}, foreign, {}, expiry_2030);
    EXPECT_EQ(shapeless.refused, refusal::malformed);
    EXPECT_FALSE(shapeless.claimed);
    EXPECT_FALSE(shapeless.expires_at() || shapeless.issued_at() || shapeless.offset());
    EXPECT_EQ(shapeless.server_time, expiry_2030);
}

TEST(ValidateKeys, AnEmptyRingKnowsNoKey) {
    EXPECT_EQ(
        validate(good_request(), keyring::ring(), limits_with_realm(), an_hour_before).refused,
        refusal::unknown_key);
}

TEST(ValidateKeys, TriesEachKeyAndBindsToTheOneThatSigned) {
    using hand_made::minting;
    using hand_made::verifying;
    for (const auto& keys :
         {hand_made::ring_of(minting(key()), verifying(key("other", 1))),
          hand_made::ring_of(minting(key("other", 1)), verifying(key())),
          hand_made::ring_of(minting(key("a", 1)), minting(key("b", 2)), verifying(key()))}) {
        const auto decided = validate(good_request(), keys, limits_with_realm(), an_hour_before);
        EXPECT_TRUE(decided.good());
        EXPECT_EQ(decided.key_id(), "notes");
    }
}

TEST(ValidateKeys, TriesTheNewestFirst) {
    const auto keys = hand_made::ring_of(hand_made::minting(key("new")),
                                         hand_made::verifying(key("same key, older")));
    EXPECT_EQ(validate(good_request(), keys, limits_with_realm(), an_hour_before).key_id(), "new");
}

TEST(ValidateKeys, DoesNotTryARetiredKey) {
    const auto retires = an_hour_before;
    const auto keys =
        hand_made::ring_of(hand_made::minting(key("new", 1)), hand_made::verifying(key(), retires));
    const auto refused_at = [&](wall_time now) {
        return validate(good_request(), keys, limits_with_realm(), now).refused;
    };
    EXPECT_EQ(refused_at(retires - ticks{1}), std::nullopt);
    EXPECT_EQ(refused_at(retires), refusal::unknown_key);
    EXPECT_EQ(refused_at(retires + ticks{1}), refusal::unknown_key);
}

TEST(ValidateKeys, LooksPastARetiredKeyAtTheOlderOnes) {
    const auto keys = hand_made::ring_of(hand_made::verifying(key("retired"), wall_time(0)),
                                         hand_made::verifying(key("still verifying")));
    EXPECT_EQ(validate(good_request(), keys, limits_with_realm(), an_hour_before).key_id(),
              "still verifying");
}

TEST(ValidateKeys, SaysThatTheSignerHasRetired) {
    const auto keys = hand_made::ring_of(hand_made::minting(key("new", 1)),
                                         hand_made::verifying(key(), an_hour_before));
    const auto decided = validate(good_request(), keys, limits_with_realm(), an_hour_before);
    EXPECT_EQ(decided.refused, refusal::unknown_key);
    EXPECT_EQ(decided.detail,
              "the key that signed it verifies nothing any more: its certificate has expired");
    EXPECT_EQ(decided.signer, nullptr);
    auto altered = good_request();
    altered.username = notes::unsigned_username;
    const auto foreign = validate(altered, keys, limits_with_realm(), an_hour_before);
    EXPECT_EQ(foreign.refused, refusal::unknown_key);
    EXPECT_EQ(foreign.detail, "");
}

TEST(ValidateKeys, AMintingKeyVerifiesAfterItsCertificateHasEnded) {
    const auto keys = hand_made::ring_of(keyring::entry{key(), true, wall_time(0)});
    EXPECT_TRUE(validate(good_request(), keys, limits_with_realm(), an_hour_before).good());
}

TEST(ValidateKeys, AcceptsAfterRotationWhatWasMintedBeforeIt) {
    const auto before = hand_made::ring_of(hand_made::minting(key("old", 1)));
    const auto got = issue({alice, {}, token::version::v2}, before, {}, an_hour_before);
    ASSERT_TRUE(got);
    const auto after =
        hand_made::ring_of(hand_made::minting(key("new", 2)), hand_made::verifying(key("old", 1)));
    const auto decided = validate({got->username(), got->password(), {}, alice}, after, {},
                                  an_hour_before + hours(1));
    EXPECT_TRUE(decided.good());
    EXPECT_EQ(decided.key_id(), "old");
}

}  // namespace
}  // namespace relayauth::credential
