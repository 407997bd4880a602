#include "relayauth/base/ascii.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth {
namespace {

TEST(Ascii, ClassesHoldExactlyTheirOctets) {
    const std::string digits = "0123456789";
    const std::string letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const std::string spaces = " \t\r\n";
    for (int octet = 0; octet < 256; ++octet) {
        const char c = static_cast<char>(octet);
        const bool digit = digits.find(c) != std::string::npos;
        const bool letter = letters.find(c) != std::string::npos;
        const bool space = spaces.find(c) != std::string::npos;
        EXPECT_EQ(ascii::is_digit(c), digit) << octet;
        EXPECT_EQ(ascii::is_alpha(c), letter) << octet;
        EXPECT_EQ(ascii::is_alnum(c), digit || letter) << octet;
        EXPECT_EQ(ascii::is_space(c), space) << octet;
    }
}

TEST(Ascii, LowersOnlyTheLettersAToZ) {
    for (int octet = 0; octet < 256; ++octet) {
        const char c = static_cast<char>(octet);
        const bool upper = octet >= 'A' && octet <= 'Z';
        EXPECT_EQ(ascii::to_lower(c), upper ? static_cast<char>(octet + 32) : c) << octet;
    }
}

TEST(Ascii, ComparesLettersWithoutCaseAndTheRestExactly) {
    EXPECT_TRUE(ascii::equal_ignoring_case("", ""));
    EXPECT_TRUE(ascii::equal_ignoring_case("Content-LENGTH", "content-length"));
    EXPECT_FALSE(ascii::equal_ignoring_case("Via", "Vib"));
    EXPECT_FALSE(ascii::equal_ignoring_case("Via", "Vi"));
    EXPECT_FALSE(ascii::equal_ignoring_case("Vi", "Via"));
    EXPECT_FALSE(ascii::equal_ignoring_case("\xC3\x84", "\xC3\xA4"));  // A and a with dots
    // These pairs differ by the bit that tells A from a, and are no letters.
    EXPECT_FALSE(ascii::equal_ignoring_case("@", "`"));
    EXPECT_FALSE(ascii::equal_ignoring_case("[", "{"));
}

TEST(Ascii, TrimsBothEndsAndNothingInside) {
    EXPECT_EQ(ascii::trim(" \t\r\na b\n\r\t "), "a b");
    EXPECT_EQ(ascii::trim("a"), "a");
    EXPECT_EQ(ascii::trim(" \t\r\n"), "");
    EXPECT_EQ(ascii::trim(""), "");
    EXPECT_EQ(ascii::trim("\va\v"), "\va\v");
}

TEST(Ascii, TrimReturnsAViewIntoItsArgument) {
    const std::string text = "  x ";
    EXPECT_EQ(ascii::trim(text).data(), text.data() + 2);
}

}  // namespace
}  // namespace relayauth
