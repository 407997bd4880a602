#include "relayauth/credential/validate.hpp"

#include "relayauth/base/base64.hpp"

#include "hand_made.hpp"

#include <gtest/gtest.h>

#include <string>

// Usernames that nobody minted: each gets `malformed`, `unsupported_version` or `unknown_key`,
// and is never good.

namespace relayauth::credential {
namespace {

using hand_made::expiry_2030;
using hand_made::flags_of_8_hours;
using hand_made::octets;
using std::chrono::hours;

// At a time when the unaltered credentials are good.
std::optional<refusal> refused(std::string_view username) {
    return validate({username, {}, {}, {}}, hand_made::notes_ring(), {}, expiry_2030 - hours(1))
        .refused;
}
std::optional<refusal> refused(const octets& username) {
    return refused(encode_base64(username));
}

octets signed_username(std::optional<std::uint32_t> flags) {
    return hand_made::signed_blob(hand_made::blob(expiry_2030, flags), hand_made::key());
}

// What an altered octet at `place` must be called when the version itself is not readable as
// another: the shape is looked at before the signature.
refusal expected_for(std::size_t place) {
    if (place < 2) return refusal::unsupported_version;
    if (place < 4) return refusal::malformed;
    return refusal::unknown_key;
}

TEST(Altered, TheUnalteredOnesAreGood) {
    EXPECT_EQ(refused(signed_username({})), std::nullopt);
    EXPECT_EQ(refused(signed_username(0)), std::nullopt);
    EXPECT_EQ(refused(signed_username(flags_of_8_hours)), std::nullopt);
    EXPECT_EQ(signed_username({}).size() * 8, 416u);
    EXPECT_EQ(signed_username(0).size() * 8, 448u);
}

TEST(Altered, EachOf416BitsOfVersion1IsMissed) {
    const auto whole = signed_username({});
    for (std::size_t bit = 0; bit < 416; ++bit) {
        auto altered = whole;
        altered[bit / 8] = static_cast<std::uint8_t>(altered[bit / 8] ^ 1u << bit % 8);
        EXPECT_EQ(refused(altered), expected_for(bit / 8)) << bit;
    }
}

TEST(Altered, EachOf448BitsOfVersion2IsMissed) {
    const auto whole = signed_username(flags_of_8_hours);
    for (std::size_t bit = 0; bit < 448; ++bit) {
        auto altered = whole;
        altered[bit / 8] = static_cast<std::uint8_t>(altered[bit / 8] ^ 1u << bit % 8);
        // Top octet of the flags: 0x01 without its bit is 0x00, which is known; else it is new.
        const auto expected =
            bit / 8 == 32 && bit % 8 != 0 ? refusal::unsupported_version : expected_for(bit / 8);
        EXPECT_EQ(refused(altered), expected) << bit;
    }
}

TEST(Altered, EachBitOfUndatedFlagsIsMissed) {
    const auto whole = signed_username(0);
    for (std::size_t bit = 32 * 8; bit < 36 * 8; ++bit) {
        auto altered = whole;
        altered[bit / 8] = static_cast<std::uint8_t>(altered[bit / 8] ^ 1u << bit % 8);
        // 0x01 and nothing else: a lifetime of zero.
        const auto expected = bit / 8 > 32   ? refusal::unknown_key
                              : bit % 8 == 0 ? refusal::malformed
                                             : refusal::unsupported_version;
        EXPECT_EQ(refused(altered), expected) << bit;
    }
}

TEST(Altered, EachCharacterReplacedByEachOctetIsMissed) {
    for (const auto whole : {hand_made::v1_username, hand_made::v2_username}) {
        for (std::size_t place = 0; place < whole.size(); ++place) {
            for (int octet = 0; octet < 256; ++octet) {
                std::string altered(whole);
                altered[place] = static_cast<char>(octet);
                if (altered == whole) continue;
                const auto why = refused(altered);
                ASSERT_TRUE(why) << place << ' ' << octet;
                ASSERT_TRUE(why == refusal::malformed || why == refusal::unsupported_version ||
                            why == refusal::unknown_key)
                    << place << ' ' << octet << ' ' << to_text(*why);
            }
        }
    }
}

TEST(Truncated, TextOfEveryLengthIsMalformed) {
    for (const auto whole : {hand_made::v1_username, hand_made::v2_username}) {
        for (std::size_t size = 0; size < whole.size(); ++size) {
            EXPECT_EQ(refused(std::string(whole.substr(0, size))), refusal::malformed) << size;
            EXPECT_EQ(refused(std::string(whole.substr(whole.size() - size))).has_value(), true);
        }
    }
}

TEST(Truncated, OctetsOfEveryLengthAreMalformed) {
    for (const std::optional<std::uint32_t> flags :
         {std::optional<std::uint32_t>(), std::optional<std::uint32_t>(flags_of_8_hours)}) {
        auto username = signed_username(flags);
        while (!username.empty()) {
            username.pop_back();
            EXPECT_EQ(refused(username), refusal::malformed) << username.size();
        }
    }
}

// The tag of the other size's octets is right, so only the size field tells.
TEST(Truncated, ABlobSignedInAnotherSizeIsMalformed) {
    for (std::size_t size = 4; size < 40; ++size) {
        auto blob = hand_made::blob(expiry_2030, flags_of_8_hours);
        blob.resize(size);
        if (size == token::v2_blob_size) continue;
        EXPECT_EQ(refused(hand_made::signed_blob(blob, hand_made::key())), refusal::malformed)
            << size;
    }
}

TEST(NotBase64, IsMalformed) {
    const std::string whole(hand_made::v2_username);
    std::string url_safe = whole;
    for (auto& c : url_safe) c = c == '/' ? '_' : c == '+' ? '-' : c;
    ASSERT_NE(url_safe, whole);
    EXPECT_EQ(refused(""), refusal::malformed);
    EXPECT_EQ(refused(url_safe), refusal::malformed);
    EXPECT_EQ(refused(" " + whole), refusal::malformed);
    EXPECT_EQ(refused(whole + " "), refusal::malformed);
    EXPECT_EQ(refused(whole + "\n"), refusal::malformed);
    EXPECT_EQ(refused(whole + "\r\n\r\n"), refusal::malformed);
    EXPECT_EQ(refused(whole.substr(0, 36) + "\r\n  " + whole.substr(36)), refusal::malformed);
    EXPECT_EQ(refused(whole.substr(0, whole.size() - 1)), refusal::malformed);  // no padding
    EXPECT_EQ(refused(std::string_view("AgAAJ\0HE", 8)), refusal::malformed);
    EXPECT_EQ(refused("alice:1893553445"), refusal::malformed);
    EXPECT_EQ(refused("===="), refusal::malformed);
}

TEST(NotBase64, LongTextIsMalformed) {
    const std::string whole(hand_made::v2_username);
    EXPECT_EQ(refused(whole + "AAAA"), refusal::malformed);
    EXPECT_EQ(refused(whole + whole), refusal::malformed);
    EXPECT_EQ(refused(std::string(1 << 20, 'A')), refusal::malformed);
}

// These are signed by our own key: still not a form that we know.
TEST(UnknownForm, IsUnsupportedAlsoWhenSignedByUs) {
    const auto refused_with = [](std::size_t place, std::uint8_t octet) {
        auto blob = hand_made::blob(expiry_2030, flags_of_8_hours);
        blob[place] = octet;
        return refused(hand_made::signed_blob(blob, hand_made::key()));
    };
    EXPECT_EQ(refused_with(0, 3), refusal::unsupported_version);
    EXPECT_EQ(refused_with(0, 0), refusal::unsupported_version);
    EXPECT_EQ(refused_with(1, 1), refusal::unsupported_version);
    EXPECT_EQ(refused_with(32, 2), refusal::unsupported_version);
    EXPECT_EQ(refused_with(32, 0xFF), refusal::unsupported_version);
    EXPECT_EQ(refused_with(32, 1), std::nullopt);
    EXPECT_EQ(refused_with(32, 0), std::nullopt);
}

TEST(UnknownForm, ALifetimeOfZeroIsMalformedAlsoWhenSignedByUs) {
    EXPECT_EQ(refused(hand_made::username(expiry_2030, 0x0100'0000)), refusal::malformed);
    EXPECT_EQ(refused(hand_made::username(expiry_2030, 0x0200'0000)), refusal::unsupported_version);
}

// Microsoft's own tokens are read, and are foreign (protocol notes 3.1).
TEST(ForeignKey, ThePublishedUsernameIsOfAnUnknownKey) {
    EXPECT_EQ(
        refused("AgAAJL9Wc7cByA4ej6zRBtF0mFqkGDl1cAsHXaFvgvMAAAAAtYLKDlOYA2NSfXnEvBp+X7xXaAE="),
        refusal::unknown_key);
}

TEST(ForeignKey, OneBitOfTheKeyMakesItUnknown) {
    const auto username =
        hand_made::signed_blob(hand_made::blob(expiry_2030, 0), hand_made::key("other", 1));
    EXPECT_EQ(refused(username), refusal::unknown_key);
}

}  // namespace
}  // namespace relayauth::credential
