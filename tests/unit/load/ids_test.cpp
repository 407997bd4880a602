#include "relayauth/load/ids.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace relayauth::load {
namespace {

constexpr auto most = std::numeric_limits<std::uint64_t>::max();

std::string hex(std::uint64_t value, std::size_t digits) {
    std::string text(digits + 2, '-');
    put_hex(text.data() + 1, value, digits);
    return text;
}

std::string decimal(std::uint64_t value, std::size_t digits) {
    std::string text(digits + 2, '-');
    put_decimal(text.data() + 1, value, digits);
    return text;
}

TEST(Ids, AreWrittenWithLeadingZerosAndNotOneOctetMore) {
    EXPECT_EQ(hex(0, 16), "-0000000000000000-");
    EXPECT_EQ(hex(0x1234abcd, 16), "-000000001234abcd-");
    EXPECT_EQ(hex(most, 16), "-ffffffffffffffff-");
    EXPECT_EQ(hex(15, 1), "-f-");
    EXPECT_EQ(decimal(0, 12), "-000000000000-");
    EXPECT_EQ(decimal(42, 7), "-0000042-");
    EXPECT_EQ(decimal(999'999'999'999, 12), "-999999999999-");
    EXPECT_EQ(decimal(7, 1), "-7-");
}

TEST(Ids, ComeBackFromTheirText) {
    for (unsigned bit = 0; bit < 64; ++bit) {
        for (const auto value : {(1ull << bit) - 1, 1ull << bit, most - (1ull << bit)}) {
            std::string text(index_hex_digits, ' ');
            put_hex(text.data(), value, index_hex_digits);
            EXPECT_EQ(read_hex(text, index_hex_digits), value);
            if (value > 999'999'999'999) continue;
            text.assign(index_decimal_digits, ' ');
            put_decimal(text.data(), value, index_decimal_digits);
            EXPECT_EQ(read_decimal(text, index_decimal_digits), value);
        }
    }
}

TEST(Ids, AreReadInTheirWidthOnly) {
    EXPECT_EQ(read_hex("00ff", 4), 255u);
    EXPECT_EQ(read_decimal("0042", 4), 42u);
    for (const auto text : {"", "0", "042", "00042", "0042 ", " 0042"}) {
        EXPECT_FALSE(read_hex(text, 4)) << text;
        EXPECT_FALSE(read_decimal(text, 4)) << text;
    }
}

TEST(Ids, AreReadFromTheirOwnDigitsOnly) {
    for (int c = 0; c < 256; ++c) {
        const std::string text = {'1', static_cast<char>(c), '2'};
        const bool digit = c >= '0' && c <= '9';
        EXPECT_EQ(read_decimal(text, 3).has_value(), digit) << c;
        EXPECT_EQ(read_hex(text, 3).has_value(), digit || (c >= 'a' && c <= 'f')) << c;
    }
}

}  // namespace
}  // namespace relayauth::load
