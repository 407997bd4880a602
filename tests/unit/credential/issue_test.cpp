#include "relayauth/credential/issue.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/base/hex.hpp"

#include "hand_made.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace relayauth::credential {
namespace {

using hand_made::alice;
using hand_made::expiry_2030;
using hand_made::notes_ring;
using std::chrono::hours;
using std::chrono::minutes;
using token::version;

constexpr wall_time eight_hours_before = expiry_2030 - hours(8);

issue_request for_alice(std::optional<minutes> duration, token::version v = version::v2) {
    return {alice, duration, v};
}

// What the client sees: the octets behind the base64 text.
std::string hex_of(std::string_view base64) {
    std::array<std::uint8_t, token::max_username_size> out;
    const auto size = decode_base64(base64, out);
    return size ? to_hex(bytes_view(out).first(*size)) : "not base64";
}

std::optional<minutes> granted(std::optional<minutes> asked, minutes max) {
    const auto got = issue(for_alice(asked), notes_ring(), {max}, eight_hours_before);
    if (!got) return std::nullopt;
    EXPECT_EQ(got->expires_at - got->issued_at, got->granted);
    return got->granted;
}

// Worked out with Python's hmac from protocol notes 3.1 and 8.
TEST(Issue, MintsTheVersion2CredentialThatTheNotesPrescribe) {
    const auto got = issue(for_alice(hours(8)), notes_ring(), {hours(8)}, eight_hours_before);
    ASSERT_TRUE(got);
    EXPECT_EQ(got->username(),
              "AgAAJIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0QBAHCAhQL33oDTuzgXyRdGI58kazMVosw=");
    EXPECT_EQ(got->password(), "4OwUolgqqRBGDgi+srA1iEwwK8g=");
    EXPECT_EQ(got->version, version::v2);
    EXPECT_EQ(got->granted, hours(8));
    EXPECT_EQ(got->expires_at, expiry_2030);
    EXPECT_EQ(got->issued_at, eight_hours_before);
    EXPECT_EQ(to_hex(got->client), "bb5a59b051cf5cd12cbf688ed164564e1fd59f44");
    EXPECT_EQ(got->key_id, "notes");
}

TEST(Issue, EndsEarlierThanWhatIsGrantedIfTold) {
    auto request = for_alice(minutes(1));
    request.lives_for = std::chrono::seconds(10);
    const auto got = issue(request, notes_ring(), {hours(8)}, eight_hours_before);
    ASSERT_TRUE(got);
    EXPECT_EQ(got->granted, minutes(1));
    EXPECT_EQ(got->issued_at, eight_hours_before);
    EXPECT_EQ(got->expires_at, eight_hours_before + ticks(std::chrono::seconds(10)));
    EXPECT_EQ(hex_of(got->username()).substr(64, 8), "0100000a") << "the flags";
}

// The username of the version 1 vector ends in 0x22, which libnice would take off: the credential
// before it, one tick of 100 ns earlier, is the one to issue.
TEST(Issue, StepsAroundTheVersion1VectorThatLibniceWouldDamage) {
    ASSERT_TRUE(hex_of(hand_made::v1_username).ends_with("22"));
    const auto got =
        issue(for_alice(hours(8), version::v1), notes_ring(), {hours(8)}, eight_hours_before);
    ASSERT_TRUE(got);
    EXPECT_EQ(got->username(),
              "AQAAIIHEwH8B4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0T7JEXvgbt36NUfV29m3anqqo4GpQ==");
    EXPECT_EQ(got->password(), "fl54hXsEOO7emeqfzpVvpSVaCwM=");
    EXPECT_EQ(got->version, version::v1);
    EXPECT_EQ(got->expires_at, expiry_2030 - ticks{1});
    EXPECT_EQ(got->issued_at, eight_hours_before - ticks{1});
}

TEST(Issue, GrantsTheShorterOfTheAskedAndTheMaximum) {
    EXPECT_EQ(granted(minutes(1), hours(8)), minutes(1));
    EXPECT_EQ(granted(minutes(479), hours(8)), minutes(479));
    EXPECT_EQ(granted(minutes(480), hours(8)), minutes(480));
    EXPECT_EQ(granted(minutes(481), hours(8)), minutes(480));
    EXPECT_EQ(granted(minutes::max(), hours(8)), minutes(480));
    EXPECT_EQ(granted(hours(8), minutes(5)), minutes(5));
}

TEST(Issue, GrantsTheMaximumToWhoeverAsksForNoDuration) {
    EXPECT_EQ(granted(std::nullopt, hours(8)), hours(8));
    EXPECT_EQ(granted(std::nullopt, minutes(1)), minutes(1));
    EXPECT_EQ(issue_limits().max_lifetime, minutes(480));
}

TEST(Issue, RefusesADurationThatIsNotPositive) {
    for (const auto asked : {minutes(0), minutes(-1), minutes::min()}) {
        const auto got = issue(for_alice(asked), notes_ring(), {}, eight_hours_before);
        ASSERT_FALSE(got) << asked.count();
        EXPECT_EQ(got.error(), refusal::malformed);
    }
}

TEST(Issue, WritesTheGrantedLifetimeIntoTheFlagsAlsoWhenItIsTheLongestOfAll) {
    const auto flags_for = [](minutes max) {
        const auto got = issue(for_alice(std::nullopt), notes_ring(), {max}, eight_hours_before);
        return got ? hex_of(got->username()).substr(64, 8) : "nothing";
    };
    EXPECT_EQ(flags_for(minutes(1)), "0100003c");
    EXPECT_EQ(flags_for(minutes(480)), "01007080");
    EXPECT_EQ(flags_for(longest_max_lifetime), "01ed4e00");  // 180 days = 15,552,000 s
}

TEST(Issue, FailsWithoutAKeyThatMints) {
    const auto empty = issue(for_alice(hours(1)), keyring::ring(), {}, eight_hours_before);
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.error(), refusal::internal);
    const auto verify_only = hand_made::ring_of(hand_made::verifying(hand_made::key()));
    const auto none = issue(for_alice(hours(1)), verify_only, {}, eight_hours_before);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error(), refusal::internal);
}

TEST(Issue, SignsWithTheNewestKeyThatMints) {
    using hand_made::key;
    const auto keys =
        hand_made::ring_of(hand_made::verifying(key("imported", 1)),
                           hand_made::minting(key("new", 2)), hand_made::minting(key("old", 3)));
    const auto got = issue(for_alice(hours(8)), keys, {}, eight_hours_before);
    ASSERT_TRUE(got);
    EXPECT_EQ(got->key_id, "new");
    const auto blob = hand_made::blob(got->expires_at, hand_made::flags_of_8_hours);
    const auto client = key("new", 2).client_id.sign(as_bytes(alice));
    auto expected = blob;
    std::copy(client.begin(), client.end(), expected.begin() + 12);
    expected = hand_made::signed_blob(expected, key("new", 2));
    EXPECT_EQ(got->username(), encode_base64(expected));
    EXPECT_EQ(got->password(), hand_made::password_of(expected, key("new", 2)));
}

TEST(Issue, RemembersNothing) {
    const auto first = issue(for_alice(hours(8)), notes_ring(), {}, eight_hours_before);
    const auto other = issue({"sip:bob@example.test", hours(1), version::v1}, notes_ring(), {},
                             eight_hours_before + hours(1));
    const auto again = issue(for_alice(hours(8)), notes_ring(), {}, eight_hours_before);
    ASSERT_TRUE(first && other && again);
    EXPECT_EQ(first->username(), again->username());
    EXPECT_EQ(first->password(), again->password());
}

TEST(Issue, GivesEachIdentityItsOwnClientId) {
    const auto client_of = [](std::string_view identity) {
        const auto got =
            issue({identity, hours(8), version::v2}, notes_ring(), {}, eight_hours_before);
        return got ? to_hex(got->client) + hex_of(got->username()).substr(24, 40) : "nothing";
    };
    EXPECT_EQ(client_of(alice),
              "bb5a59b051cf5cd12cbf688ed164564e1fd59f44bb5a59b051cf5cd12cbf688ed164564e1fd59f44");
    EXPECT_NE(client_of("sip:Alice@example.test"), client_of(alice));  // exact octets, no folding
    EXPECT_NE(client_of(""), client_of(alice));
    EXPECT_NE(client_of(std::string(65'536, 'a')), client_of(std::string(65'535, 'a')));
}

TEST(Issue, SizesAreThoseOfTheProtocolNotes) {
    const auto v1 = issue(for_alice(hours(8), version::v1), notes_ring(), {}, eight_hours_before);
    const auto v2 = issue(for_alice(hours(8)), notes_ring(), {}, eight_hours_before);
    ASSERT_TRUE(v1 && v2);
    EXPECT_EQ(v1->username().size(), 72u);
    EXPECT_EQ(v2->username().size(), 76u);
    EXPECT_EQ(v1->password().size(), 28u);
    EXPECT_EQ(v2->password().size(), 28u);
}

TEST(Issue, ExpiryStopsAtTheEndOfTimeAndDoesNotWrap) {
    const auto got = issue(for_alice(hours(8)), notes_ring(), {}, wall_time::max());
    ASSERT_TRUE(got);
    EXPECT_GT(got->expires_at, wall_time::max() - std::chrono::milliseconds(1));
}

}  // namespace
}  // namespace relayauth::credential
