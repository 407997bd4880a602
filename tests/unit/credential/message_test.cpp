#include "relayauth/credential/message.hpp"
#include "relayauth/base/hex.hpp"

#include "hand_made.hpp"
#include "requests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

// Who signed a request. What time and the live policy say of it is in message_live_test.cpp.

namespace relayauth::credential {
namespace {

using hand_made::expiry_2030;
using hand_made::key;
using hand_made::minting;
using hand_made::octets;
using hand_made::rest_key;
using hand_made::ring_of;
using hand_made::verifying;
using std::chrono::hours;
using testing::HasSubstr;

constexpr wall_time an_hour_before = expiry_2030 - hours(1);

const keyring::ring& rest_ring() {
    static const auto ring =
        ring_of(minting(rest_key("rest", {{"example.test", hand_made::rest_secret}})));
    return ring;
}

validate_limits limits_of() {
    validate_limits limits;
    limits.realms = {"rtcmedia", "example.test"};
    return limits;
}

verdict check(bytes_view message, std::string_view realm = "rtcmedia",
              const keyring::ring& keys = rest_ring(), wall_time now = an_hour_before) {
    return check_message({message, realm}, keys, limits_of(), {}, now);
}

verdict check(std::string_view hex, std::string_view realm = "rtcmedia",
              const keyring::ring& keys = rest_ring()) {
    return check(*from_hex(hex), realm, keys);
}

void expect_refused(const verdict& got, refusal why, const std::string& words) {
    EXPECT_EQ(got.refused, why);
    EXPECT_THAT(std::string(got.detail), HasSubstr(words));
    EXPECT_EQ(got.server_time, an_hour_before);
}

TEST(CheckMessage, TakesEveryFormOfTheNotesCredentials) {
    for (const auto& hex :
         {requests::v1_allocate, requests::v2_allocate, requests::v2_refresh,
          requests::v2_permission, requests::v2_sha256, requests::v2_sha256_cut, requests::v2_both,
          requests::v2_algorithm_1, requests::v2_algorithm_2, requests::v2_fingerprint,
          requests::ms_v1, requests::ms_v2, requests::ms_v2_send}) {
        const auto got = check(hex);
        EXPECT_TRUE(got.good()) << hex << got.detail;
        EXPECT_EQ(got.detail, "");
        EXPECT_EQ(got.dialect, dialect::mras);
        EXPECT_EQ(got.key_id(), "rest");
        EXPECT_EQ(got.expires_at(), expiry_2030);
        EXPECT_EQ(got.server_time, an_hour_before);
        ASSERT_TRUE(got.client);
        EXPECT_EQ(to_hex(*got.client), "bb5a59b051cf5cd12cbf688ed164564e1fd59f44");
    }
}

TEST(CheckMessage, TakesATurnRestName) {
    for (const auto& hex : {requests::rest_allocate, requests::rest_algorithm_2}) {
        const auto got = check(hex, "example.test");
        EXPECT_TRUE(got.good()) << got.detail;
        EXPECT_EQ(got.dialect, dialect::turn_rest);
        EXPECT_EQ(got.key_id(), "rest");
        EXPECT_EQ(got.expires_at(), expiry_2030);
        EXPECT_EQ(to_hex(*got.client), "bb5a59b051cf5cd12cbf688ed164564e1fd59f44");
    }
}

TEST(CheckMessage, FindsTheKeyOfATurnRestNameAmongAllThatServeTheRealm) {
    const auto ends = an_hour_before + ticks{1};
    const auto keys =
        ring_of(minting(rest_key("elsewhere", {{"rtcmedia", hand_made::other_rest_secret}}, 2)),
                minting(rest_key("new", {{"example.test", hand_made::rest_secret}}, 1)),
                verifying(rest_key("old", {{"example.test", hand_made::other_rest_secret}}), ends));
    EXPECT_EQ(check(requests::rest_allocate, "example.test", keys).key_id(), "new");
    const auto of_older = check(requests::rest_of_older, "example.test", keys);
    EXPECT_TRUE(of_older.good());
    EXPECT_EQ(of_older.key_id(), "old");
    const auto message = *from_hex(requests::rest_of_older);
    expect_refused(
        check_message(
            {message, "example.test"},
            ring_of(minting(rest_key("new", {{"example.test", hand_made::rest_secret}})),
                    verifying(rest_key("old", {{"example.test", hand_made::other_rest_secret}}),
                              an_hour_before)),
            limits_of(), {}, an_hour_before),
        refusal::wrong_password, "message integrity");
}

TEST(CheckMessage, RefusesATurnRestNameInARealmWithoutSecret) {
    const auto got = check(requests::rest_allocate, "example.test", hand_made::notes_ring());
    EXPECT_EQ(got.refused, refusal::wrong_realm);
    EXPECT_THAT(std::string(got.detail), HasSubstr("no TURN REST secret"));
}

TEST(CheckMessage, TakesMrasCredentialsOfAnOlderKey) {
    for (const auto& hex : {requests::v2_allocate, requests::ms_v2}) {
        const auto ring = ring_of(minting(key("new", 1)), verifying(key("old")));
        const auto got = check(hex, "rtcmedia", ring);
        EXPECT_TRUE(got.good());
        EXPECT_EQ(got.key_id(), "old");
        EXPECT_EQ(check(hex, "rtcmedia",
                        ring_of(minting(key("new", 1)), verifying(key("old"), an_hour_before)))
                      .refused,
                  refusal::unknown_key);
    }
}

TEST(CheckMessage, RefusesAForeignKeysCredential) {
    for (const auto& hex : {requests::foreign_allocate, requests::ms_foreign}) {
        EXPECT_EQ(check(hex).refused, refusal::unknown_key);
        EXPECT_TRUE(check(hex, "rtcmedia", ring_of(minting(key("its own", 1)))).good());
    }
}

TEST(CheckMessage, SaysWhatAnUnsignedRequestIs) {
    expect_refused(check(requests::unsigned_allocate), refusal::malformed, "not signed");
}

TEST(CheckMessage, SaysThatNobodyIsNamed) {
    expect_refused(check(requests::signed_by_nobody), refusal::malformed, "no USERNAME");
}

TEST(CheckMessage, SaysThatAUserhashCannotBeTurnedBack) {
    expect_refused(check(requests::hidden_name), refusal::unsupported_version, "USERHASH");
}

TEST(CheckMessage, SaysThatTheRealmIsMissing) {
    expect_refused(check(requests::v2_without_realm), refusal::malformed, "no REALM");
}

TEST(CheckMessage, SaysThatTheRealmIsAnothers) {
    for (const auto& hex : {requests::v2_elsewhere, requests::ms_v2_elsewhere}) {
        expect_refused(check(hex), refusal::wrong_realm, "REALM");
        EXPECT_EQ(check(hex, "other.test").refused, refusal::wrong_realm) << "not served";
        auto limits = limits_of();
        limits.any_realm = true;
        const auto message = *from_hex(hex);
        EXPECT_TRUE(
            check_message({message, "other.test"}, rest_ring(), limits, {}, an_hour_before).good());
    }
    expect_refused(check(requests::v2_allocate, "rtcmedi"), refusal::wrong_realm, "REALM");
    expect_refused(check(requests::v2_allocate, ""), refusal::wrong_realm, "REALM");
}

TEST(CheckMessage, RefusesARealmThatIsNotServedAlsoWhereItsSecretIsHeld) {
    validate_limits elsewhere;
    elsewhere.realms = {"other.test"};
    const std::pair<std::string_view, std::string_view> requests_and_realms[] = {
        {requests::rest_allocate, "example.test"},
        {requests::v2_allocate, "rtcmedia"},
        {requests::ms_v2, "rtcmedia"}};
    for (const auto& [hex, realm] : requests_and_realms) {
        const auto message = *from_hex(hex);
        EXPECT_EQ(
            check_message({message, realm}, rest_ring(), elsewhere, {}, an_hour_before).refused,
            refusal::wrong_realm)
            << realm;
    }
}

TEST(CheckMessage, TakesTheRelaysRealmForMsTurnThatNamesNone) {
    EXPECT_EQ(check(requests::ms_v2_send, "example.test").refused, refusal::wrong_password)
        << "it was signed for rtcmedia";
    EXPECT_EQ(check(requests::ms_v2_send, "third.test").refused, refusal::wrong_realm);
}

TEST(CheckMessage, RefusesARealmThatIsNotUtf8) {
    for (const auto* realm : {"\xFF", "rtc\xC3", "\xC0\xAF"}) {
        expect_refused(check(requests::v2_allocate, realm), refusal::malformed, "UTF-8");
        expect_refused(check(requests::ms_v2_send, realm), refusal::malformed, "UTF-8");
    }
}

TEST(CheckMessage, SaysThatTheAlgorithmIsUnknown) {
    expect_refused(check(requests::v2_algorithm_3), refusal::unsupported_version,
                   "PASSWORD-ALGORITHM");
}

TEST(CheckMessage, SaysThatMsTurnsSha256FormIsUnknown) {
    expect_refused(check(requests::ms_v2_sha256), refusal::unsupported_version, "MS-TURN");
}

TEST(CheckMessage, RefusesAnotherPasswordAndTheOtherFormsKey) {
    for (const auto& hex :
         {requests::v2_not_its_password, requests::v2_raw_key, requests::ms_v2_text_key}) {
        expect_refused(check(hex), refusal::wrong_password, "message integrity");
        EXPECT_EQ(check(hex).key_id(), "rest") << "the username is good";
    }
    expect_refused(check(requests::rest_of_older, "example.test"), refusal::wrong_password,
                   "message integrity");
}

// Not one bit may change, of header, attributes or integrity. Where the bits decide how the rest is
// read, the refusal is another one, but never good.
TEST(CheckMessage, RefusesARequestWithOneBitFlipped) {
    for (const auto& hex :
         {requests::v2_allocate, requests::ms_v1, requests::v2_both, requests::v2_fingerprint}) {
        const auto whole = *from_hex(hex);
        ASSERT_TRUE(check(whole).good());
        for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
            octets damaged = whole;
            damaged[bit / 8] = static_cast<std::uint8_t>(damaged[bit / 8] ^ 1u << bit % 8);
            EXPECT_FALSE(check(damaged).good()) << hex << " bit " << bit;
        }
    }
}

TEST(CheckMessage, SaysHowARequestIsMalformed) {
    const auto whole = *from_hex(requests::v2_allocate);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto got = check(octets(whole.begin(), whole.begin() + static_cast<long>(size)));
        expect_refused(got, refusal::malformed, "");
        EXPECT_NE(got.detail, "") << size;
    }
    auto indication = whole;
    indication[0] = 0x00;
    indication[1] = 0x13;
    expect_refused(check(indication), refusal::malformed, "not a request");
    auto repeated = whole;
    repeated.insert(repeated.end(), {0, 0, 0, 0});
    expect_refused(check(repeated), refusal::malformed, "length field");
}

TEST(CheckMessage, NamesTheShapeThenTheRealmThenTheCredentialThenTheIntegrity) {
    const auto late = [](std::string_view hex, std::string_view realm) {
        const auto message = *from_hex(hex);
        return check_message({message, realm}, rest_ring(), limits_of(), {}, expiry_2030).refused;
    };
    EXPECT_EQ(late(requests::v2_algorithm_3, "other"), refusal::unsupported_version);
    EXPECT_EQ(late(requests::v2_not_its_password, "other"), refusal::wrong_realm);
    EXPECT_EQ(late(requests::v2_not_its_password, "rtcmedia"), refusal::expired);
    EXPECT_EQ(late(requests::foreign_allocate, "rtcmedia"), refusal::unknown_key);
    EXPECT_EQ(late(requests::v2_elsewhere, "other.test"), refusal::expired)
        << "a realm that is not served comes after time, as in validate()";
}

}  // namespace
}  // namespace relayauth::credential
