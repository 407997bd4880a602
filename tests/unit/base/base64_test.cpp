#include "relayauth/base/base64.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace relayauth {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::optional<std::string> decoded(std::string_view text, std::size_t room = 64) {
    std::vector<std::uint8_t> out(room);
    const auto size = decode_base64(text, out);
    if (!size) return std::nullopt;
    return std::string(as_text({out.data(), *size}));
}

struct pair {
    std::string_view bytes, text;
};
// RFC 4648 section 10, and the two digits that are no letters.
constexpr std::array<pair, 9> known = {{{"", ""},
                                        {"f", "Zg=="},
                                        {"fo", "Zm8="},
                                        {"foo", "Zm9v"},
                                        {"foob", "Zm9vYg=="},
                                        {"fooba", "Zm9vYmE="},
                                        {"foobar", "Zm9vYmFy"},
                                        {"\xFB\xEF\xBE", "++++"},
                                        {"\xFF\xFF\xFF", "////"}}};

TEST(Base64, WritesTheVectorsOfRfc4648) {
    for (const auto& p : known) EXPECT_EQ(encode_base64(as_bytes(p.bytes)), p.text);
}

TEST(Base64, ReadsTheVectorsOfRfc4648) {
    for (const auto& p : known) EXPECT_EQ(decoded(p.text), p.bytes) << p.text;
}

TEST(Base64, SizeCountsPadding) {
    EXPECT_EQ(base64_size(0), 0u);
    EXPECT_EQ(base64_size(1), 4u);
    EXPECT_EQ(base64_size(3), 4u);
    EXPECT_EQ(base64_size(4), 8u);
    EXPECT_EQ(base64_size(52), 72u);  // username, version 1
    EXPECT_EQ(base64_size(56), 76u);  // username, version 2
    EXPECT_EQ(base64_size(20), 28u);  // password
}

TEST(Base64, WritesNothingBeyondItsSize) {
    std::string out(9, '#');
    encode_base64(as_bytes("foob"), out.data());
    EXPECT_EQ(out, "Zm9vYg==#");
}

TEST(Base64, ReadsEveryDigitInEveryPlace) {
    for (std::uint32_t place = 0; place < 4; ++place) {
        for (std::uint32_t digit = 0; digit < 64; ++digit) {
            std::string text = "AAAA";
            text[place] = alphabet[digit];
            const std::uint32_t group = digit << (18 - 6 * place);
            const std::string bytes = {static_cast<char>(group >> 16),
                                       static_cast<char>(group >> 8 & 255),
                                       static_cast<char>(group & 255)};
            EXPECT_EQ(decoded(text), bytes) << text;
            EXPECT_EQ(encode_base64(as_bytes(bytes)), text);
        }
    }
}

TEST(Base64, RefusesEveryOtherOctetInEveryPlace) {
    for (std::size_t place = 0; place < 8; ++place) {
        for (int octet = 0; octet < 256; ++octet) {
            const char c = static_cast<char>(octet);
            if (alphabet.find(c) != std::string_view::npos) continue;
            if (c == '=' && place == 7) continue;  // that is padding
            std::string text = "AAAAAAAA";
            text[place] = c;
            EXPECT_EQ(decoded(text), std::nullopt) << place << ' ' << octet;
        }
    }
}

TEST(Base64, RefusesWhiteSpace) {
    for (const auto* text : {" Zm9", "Zm9 ", "Zm\n9", "Zm9v\r\n\r\n", "Zm9v    "}) {
        EXPECT_EQ(decoded(text), std::nullopt) << text;
    }
}

TEST(Base64, RefusesTheUrlAlphabet) {
    EXPECT_EQ(decoded("----"), std::nullopt);
    EXPECT_EQ(decoded("____"), std::nullopt);
}

TEST(Base64, RefusesMissingOrMisplacedPadding) {
    for (const auto* text : {"Z", "Zg", "Zg=", "Zm8", "Zg===", "Z===", "====", "===", "==", "=",
                             "Zg==Zg==", "Z=g=", "=Zg=", "Zm9v="}) {
        EXPECT_EQ(decoded(text), std::nullopt) << text;
    }
}

TEST(Base64, RefusesEverySpareBitThatIsNotZero) {
    for (std::size_t digit = 0; digit < 64; ++digit) {
        const std::string one = {'A', alphabet[digit], '=', '='};
        EXPECT_EQ(decoded(one).has_value(), digit % 16 == 0) << one;
        const std::string two = {'A', 'A', alphabet[digit], '='};
        EXPECT_EQ(decoded(two).has_value(), digit % 4 == 0) << two;
    }
}

TEST(Base64, RefusesWhatDoesNotFit) {
    EXPECT_EQ(decoded("Zm9v", 2), std::nullopt);
    EXPECT_EQ(decoded("Zm9v", 3), "foo");
    EXPECT_EQ(decoded("Zm8=", 1), std::nullopt);
    EXPECT_EQ(decoded("Zm8=", 2), "fo");
    EXPECT_EQ(decoded("Zg==", 0), std::nullopt);
    EXPECT_EQ(decoded("Zg==", 1), "f");
    EXPECT_EQ(decoded("", 0), "");
}

TEST(Base64, ReadsBackEveryLengthUpTo80) {
    std::string bytes;
    for (int size = 0; size <= 80; ++size) {
        EXPECT_EQ(decoded(encode_base64(as_bytes(bytes)), 80), bytes);
        bytes += static_cast<char>(size * 37 + 11);
    }
}

}  // namespace
}  // namespace relayauth
