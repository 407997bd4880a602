#include "relayauth/base/hex.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth {
namespace {

TEST(Hex, WritesLowerCase) {
    EXPECT_EQ(to_hex(as_bytes("")), "");
    EXPECT_EQ(to_hex(as_bytes(std::string_view("\x00\x9A\xBC\xDE\xF1", 5))), "009abcdef1");
}

TEST(Hex, ReadsEitherCase) {
    const std::vector<std::uint8_t> bytes = {0x00, 0x9A, 0xBC, 0xDE, 0xF1};
    EXPECT_EQ(from_hex("009abcdef1"), bytes);
    EXPECT_EQ(from_hex("009ABCDEF1"), bytes);
    EXPECT_EQ(from_hex(""), std::vector<std::uint8_t>{});
}

TEST(Hex, RefusesOddLengths) {
    EXPECT_EQ(from_hex("0"), std::nullopt);
    EXPECT_EQ(from_hex("abc"), std::nullopt);
}

TEST(Hex, RefusesEveryOtherOctetInBothPlaces) {
    const std::string digits = "0123456789abcdefABCDEF";
    for (int octet = 0; octet < 256; ++octet) {
        const char c = static_cast<char>(octet);
        const bool digit = digits.find(c) != std::string::npos;
        EXPECT_EQ(from_hex(std::string{c, '0'}).has_value(), digit) << octet;
        EXPECT_EQ(from_hex(std::string{'0', c}).has_value(), digit) << octet;
    }
}

TEST(Hex, ReadsBackEveryOctet) {
    for (int octet = 0; octet < 256; ++octet) {
        const std::vector<std::uint8_t> bytes = {static_cast<std::uint8_t>(octet)};
        EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
    }
}

}  // namespace
}  // namespace relayauth
