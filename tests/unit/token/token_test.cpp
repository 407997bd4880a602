#include "relayauth/token/token.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/base/hex.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace relayauth::token {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using octets = std::vector<std::uint8_t>;

octets from_base64(std::string_view text) {
    octets out(max_username_size);
    const auto size = decode_base64(text, out);
    EXPECT_TRUE(size) << text;
    out.resize(size.value_or(0));
    return out;
}

octets hex_octets(std::string_view text) {
    return from_hex(text).value_or(octets());
}

// The client id and the expiry of protocol notes 3.4: 2030-01-02T03:04:05Z.
constexpr std::string_view alice_hex = "bb5a59b051cf5cd12cbf688ed164564e1fd59f44";
constexpr wall_time expiry_2030(135'380'270'450'000'000);

fields alice(token::version version) {
    fields value;
    value.version = version;
    value.expires_at = expiry_2030;
    const auto id = hex_octets(alice_hex);
    std::copy(id.begin(), id.end(), value.client.begin());
    return value;
}

std::string encoded(const fields& value) {
    std::array<std::uint8_t, max_blob_size> out;
    out.fill(0xEE);  // so that an octet left out is seen
    const auto size = encode(value, out);
    return to_hex(bytes_view(out).first(size));
}

TEST(TokenEncode, WritesTheVersion1VectorOfTheProtocolNotes) {
    EXPECT_EQ(encoded(alice(version::v1)),
              "01000020"
              "81c4c080"
              "01e0f7a3"
              "bb5a59b051cf5cd12cbf688ed164564e1fd59f44");
}

TEST(TokenEncode, WritesTheVersion2VectorOfTheProtocolNotes) {
    EXPECT_EQ(encoded(alice(version::v2)),
              "02000024"
              "81c4c080"
              "01e0f7a3"
              "bb5a59b051cf5cd12cbf688ed164564e1fd59f44"
              "00000000");
}

TEST(TokenEncode, TouchesNothingBehindAVersion1Blob) {
    std::array<std::uint8_t, max_blob_size> out;
    out.fill(0xEE);
    ASSERT_EQ(encode(alice(version::v1), out), 32u);
    EXPECT_EQ(to_hex(bytes_view(out).subspan(32)), "eeeeeeee");
}

TEST(TokenEncode, WritesTheLifetimeInSecondsUnderTopOctet1) {
    auto value = alice(version::v2);
    value.lifetime = hours(8);
    EXPECT_EQ(encoded(value).substr(64), "01007080");
    value.lifetime = seconds(1);
    EXPECT_EQ(encoded(value).substr(64), "01000001");
}

TEST(TokenEncode, WritesTheLongestLifetimeAndOneSecondMoreAsUnknown) {
    auto value = alice(version::v2);
    value.lifetime = seconds(0xFFFFFF);
    EXPECT_EQ(encoded(value).substr(64), "01ffffff");
    value.lifetime = seconds(0x1000000);
    EXPECT_EQ(encoded(value).substr(64), "00000000");
}

TEST(TokenEncode, WritesALifetimeThatIsNotPositiveAsUnknown) {
    auto value = alice(version::v2);
    for (const auto lifetime : {seconds(0), seconds(-1), seconds::min()}) {
        value.lifetime = lifetime;
        EXPECT_EQ(encoded(value).substr(64), "00000000") << lifetime.count();
    }
}

TEST(TokenEncode, LeavesTheLifetimeOutOfVersion1) {
    auto value = alice(version::v1);
    value.lifetime = hours(8);
    EXPECT_EQ(encoded(value), encoded(alice(version::v1)));
}

TEST(TokenEncode, CarriesFromTheLowWordIntoTheHighWord) {
    auto value = alice(version::v1);
    value.expires_at = wall_time(0x01DC'0000'FFFF'FFFF);
    EXPECT_EQ(encoded(value).substr(8, 16), "ffffffff01dc0000");
    value.expires_at = value.expires_at + ticks{1};
    EXPECT_EQ(encoded(value).substr(8, 16), "0000000001dc0001");
}

struct far_year {
    std::string_view expiry_hex;  // low word, high word
    std::uint64_t filetime;
};
// The edges of 31-bit and of 32-bit Unix time, the last tick of 63-bit nanoseconds since 1970, and
// the ends of the 64 bits; worked out apart from wall_time.
constexpr far_year far_years[] = {
    {"d4a5e98001e9fd1e", 137'919'572'470'000'000u},  // 2038-01-19T03:14:07Z
    {"d53e800001e9fd1e", 137'919'572'480'000'000u},
    {"d4a5e9800236485e", 159'394'408'950'000'000u},  // 2106-02-07T06:28:15Z
    {"d53e80000236485e", 159'394'408'960'000'000u},
    {"501fc7ae02e55ff3", 208'678'456'368'547'758u},  // 2262-04-11T23:47:16.8547758Z
    {"501fc7af02e55ff3", 208'678'456'368'547'759u},
    {"0000000000000000", 0},
    {"ffffffffffffffff", 0xFFFF'FFFF'FFFF'FFFFu},
};

TEST(TokenEncode, WritesExpiriesOfFarYears) {
    for (const auto& year : far_years) {
        auto value = alice(version::v2);
        value.expires_at = wall_time(year.filetime);
        EXPECT_EQ(encoded(value).substr(8, 16), year.expiry_hex);
    }
}

TEST(TokenDecode, ReadsExpiriesOfFarYears) {
    for (const auto& year : far_years) {
        const auto username =
            hex_octets("01000020" + std::string(year.expiry_hex) + std::string(80, '0'));
        const auto token = unverified_token::decode(username);
        ASSERT_TRUE(token) << year.expiry_hex;
        EXPECT_EQ(token->claimed().expires_at.filetime(), year.filetime);
    }
}

TEST(TokenDecode, ReadsTheVersion1VectorOfTheProtocolNotes) {
    const auto username =
        from_base64("AQAAIIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0Tp29QqOLgTLT9Q6pTowv/g02nFIg==");
    const auto token = unverified_token::decode(username);
    ASSERT_TRUE(token);
    EXPECT_EQ(token->claimed().version, version::v1);
    EXPECT_EQ(token->claimed().expires_at, expiry_2030);
    EXPECT_EQ(to_hex(token->claimed().client), alice_hex);
    EXPECT_FALSE(token->claimed().lifetime);
    EXPECT_EQ(to_hex(token->tag()), "e9dbd42a38b8132d3f50ea94e8c2ffe0d369c522");
    EXPECT_EQ(token->blob().size(), 32u);
    EXPECT_EQ(token->blob().data(), username.data());
    EXPECT_EQ(to_hex(token->username()), to_hex(username));
}

TEST(TokenDecode, ReadsTheVersion2VectorOfTheProtocolNotes) {
    const auto username =
        from_base64("AgAAJIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0QAAAAAIzrDf1m9PS2EzcrvwPNt3HDNpws=");
    const auto token = unverified_token::decode(username);
    ASSERT_TRUE(token);
    EXPECT_EQ(token->claimed().version, version::v2);
    EXPECT_EQ(token->claimed().expires_at, expiry_2030);
    EXPECT_EQ(to_hex(token->claimed().client), alice_hex);
    EXPECT_FALSE(token->claimed().lifetime);
    EXPECT_EQ(to_hex(token->tag()), "233ac37f59bd3d2d84cdcaefc0f36ddc70cda70b");
    EXPECT_EQ(to_hex(token->blob()), encoded(alice(version::v2)));
}

// Microsoft's own: the sample that settles word order, octet order and sizes (protocol notes 3.3).
TEST(TokenDecode, ReadsThePublishedUsername) {
    const auto username =
        from_base64("AgAAJL9Wc7cByA4ej6zRBtF0mFqkGDl1cAsHXaFvgvMAAAAAtYLKDlOYA2NSfXnEvBp+X7xXaAE=");
    ASSERT_EQ(username.size(), 56u);
    const auto token = unverified_token::decode(username);
    ASSERT_TRUE(token);
    EXPECT_EQ(token->claimed().version, version::v2);
    EXPECT_EQ(token->claimed().expires_at.filetime(), 0x01C8'0E1E'BF56'73B7u);
    // 2007-10-14T04:57:40Z
    EXPECT_EQ(token->claimed().expires_at.unix_seconds(), seconds(1'192'337'860));
    EXPECT_EQ(to_hex(token->claimed().client), "8facd106d174985aa4183975700b075da16f82f3");
    EXPECT_FALSE(token->claimed().lifetime);
    EXPECT_EQ(to_hex(token->tag()), "b582ca0e53980363527d79c4bc1a7e5fbc576801");
}

// A version 2 username typed by hand, with every octet different from its neighbours.
octets hand_typed(std::string_view flags_hex) {
    return hex_octets(
        "020000240908070605040302"
        "a0a1a2a3a4a5a6a7a8a9b0b1b2b3b4b5b6b7b8b9" +
        std::string(flags_hex) + "c0c1c2c3c4c5c6c7c8c9d0d1d2d3d4d5d6d7d8d9");
}

std::optional<seconds> lifetime_in(std::string_view flags_hex) {
    const auto username = hand_typed(flags_hex);
    const auto token = unverified_token::decode(username);
    EXPECT_TRUE(token) << flags_hex;
    return token ? token->claimed().lifetime : std::nullopt;
}

TEST(TokenDecode, ReadsTheLifetimeUnderTopOctet1) {
    EXPECT_EQ(lifetime_in("01007080"), hours(8));
    EXPECT_EQ(lifetime_in("01000001"), seconds(1));
    EXPECT_EQ(lifetime_in("01800000"), seconds(0x800000));
    EXPECT_EQ(lifetime_in("01ffffff"), max_lifetime);
}

TEST(TokenDecode, TakesTopOctet0AsLifetimeUnknownWhateverFollows) {
    EXPECT_EQ(lifetime_in("00000000"), std::nullopt);
    EXPECT_EQ(lifetime_in("00007080"), std::nullopt);
    EXPECT_EQ(lifetime_in("00ffffff"), std::nullopt);
}

TEST(TokenFields, WindowOpensOneLifetimeBeforeExpiry) {
    auto value = alice(version::v2);
    value.lifetime = hours(8);
    EXPECT_EQ(value.window().expires_at, expiry_2030);
    EXPECT_EQ(value.window().issued_at, wall_time(135'379'982'450'000'000));
}

TEST(TokenFields, WindowWithoutLifetimeHasNoIssueTime) {
    EXPECT_EQ(alice(version::v1).window().expires_at, expiry_2030);
    EXPECT_FALSE(alice(version::v1).window().issued_at);
}

TEST(TokenFields, WindowOpensIn1601WhenTheLifetimeReachesFurtherBack) {
    auto value = alice(version::v2);
    value.expires_at = wall_time(1);
    value.lifetime = seconds(1);
    EXPECT_EQ(value.window().issued_at, wall_time(0));
}

}  // namespace
}  // namespace relayauth::token
