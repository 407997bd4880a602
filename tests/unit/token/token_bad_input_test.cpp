#include "relayauth/base/hex.hpp"
#include "relayauth/token/token.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

// Octets that are no token, and which reason each of them gets.

namespace relayauth::token {
namespace {

using octets = std::vector<std::uint8_t>;

octets hex_octets(std::string_view text) {
    return from_hex(text).value_or(octets());
}

// A version 2 username typed by hand, with every octet different from its neighbours and a lifetime
// of 8 hours.
octets hand_typed() {
    return hex_octets(
        "020000240908070605040302"
        "a0a1a2a3a4a5a6a7a8a9b0b1b2b3b4b5b6b7b8b9"
        "01007080"
        "c0c1c2c3c4c5c6c7c8c9d0d1d2d3d4d5d6d7d8d9");
}

std::optional<errc> why_not(bytes_view username) {
    const auto token = unverified_token::decode(username);
    return token ? std::nullopt : std::optional(token.error());
}

TEST(TokenDecode, TakesTheTypedOctetsWhenNothingIsAltered) {
    EXPECT_EQ(why_not(hand_typed()), std::nullopt);
}

TEST(TokenDecode, RefusesALifetimeOfZero) {
    auto username = hand_typed();
    username[34] = username[35] = 0;
    EXPECT_EQ(why_not(username), errc::zero_lifetime);
}

TEST(TokenDecode, RefusesEveryOtherTopOctetOfTheFlags) {
    for (unsigned top = 2; top <= 255; ++top) {
        auto username = hand_typed();
        username[32] = static_cast<std::uint8_t>(top);
        EXPECT_EQ(why_not(username), errc::unsupported_version) << top;
    }
}

TEST(TokenDecode, RefusesEveryOtherMajorVersion) {
    for (unsigned major = 0; major <= 255; ++major) {
        if (major == 1 || major == 2) continue;
        auto username = hand_typed();
        username[0] = static_cast<std::uint8_t>(major);
        EXPECT_EQ(why_not(username), errc::unsupported_version) << major;
    }
}

TEST(TokenDecode, RefusesEveryOtherMinorVersion) {
    for (unsigned minor = 1; minor <= 255; ++minor) {
        auto username = hand_typed();
        username[1] = static_cast<std::uint8_t>(minor);
        EXPECT_EQ(why_not(username), errc::unsupported_version) << minor;
    }
}

TEST(TokenDecode, RefusesASizeFieldThatIsNotTheVersions) {
    for (const unsigned size : {0x0000u, 0x0020u, 0x0023u, 0x0025u, 0x0038u, 0x2400u, 0x0124u}) {
        auto username = hand_typed();
        username[2] = static_cast<std::uint8_t>(size >> 8);
        username[3] = static_cast<std::uint8_t>(size);
        EXPECT_EQ(why_not(username), errc::wrong_size) << size;
    }
}

TEST(TokenDecode, RefusesAVersionInTheOtherVersionsSize) {
    auto username = hand_typed();
    username[0] = 1;
    EXPECT_EQ(why_not(username), errc::wrong_size);
    username.resize(52);
    EXPECT_EQ(why_not(username), errc::wrong_size);
    username[3] = 0x20;
    EXPECT_EQ(why_not(username), std::nullopt);
    username[0] = 2;
    EXPECT_EQ(why_not(username), errc::wrong_size);
}

TEST(TokenDecode, RefusesEveryOtherLength) {
    const auto whole = hand_typed();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        // A copy of its own, so that a read past the end is one past an allocation.
        const octets part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_EQ(why_not(part), errc::wrong_size) << size;
    }
    auto longer = whole;
    longer.push_back(0);
    EXPECT_EQ(why_not(longer), errc::wrong_size);
}

octets of_version_3(std::size_t size, std::uint8_t stated) {
    octets username(size, 0xa5);
    username[0] = 3;
    username[1] = username[2] = 0;
    username[3] = stated;
    return username;
}

TEST(TokenDecode, NamesTheVersionOfAFormThatItDoesNotKnowWhereItHasATokensSize) {
    EXPECT_EQ(why_not(of_version_3(48, 28)), errc::unsupported_version);  // as it states
    EXPECT_EQ(why_not(of_version_3(24, 4)), errc::unsupported_version);
    EXPECT_EQ(why_not(of_version_3(52, 28)), errc::unsupported_version);  // as v1
    EXPECT_EQ(why_not(of_version_3(60, 28)), errc::unsupported_version);
    EXPECT_EQ(why_not(of_version_3(51, 28)), errc::wrong_size);
    EXPECT_EQ(why_not(of_version_3(49, 28)), errc::wrong_size);
    EXPECT_EQ(why_not(of_version_3(4, 40)), errc::wrong_size);
    EXPECT_EQ(why_not(hex_octets("030000")), errc::wrong_size);
}

TEST(TokenDecode, GivesAPasswordOneReasonWhateverItBeginsWith) {
    for (unsigned first = 0; first <= 255; ++first) {
        octets password(password_size, 0);  // states the size that it has: of a blob of nothing
        password[0] = static_cast<std::uint8_t>(first);
        EXPECT_EQ(why_not(password), errc::wrong_size) << first;
        password[2] = password[3] = 0xff;
        EXPECT_EQ(why_not(password), errc::wrong_size) << first;
    }
}

}  // namespace
}  // namespace relayauth::token
