#include "relayauth/base/utf8.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace relayauth {
namespace {

std::string octets(std::initializer_list<int> values) {
    std::string text;
    for (const int value : values) text += static_cast<char>(value);
    return text;
}

// A second reading of RFC 3629 for one sequence: decode by the lead's length, then judge the value.
bool is_one_code_point(const std::string& text) {
    const auto octet = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = octet(0);
    const std::size_t size = lead < 0x80              ? 1
                             : (lead >> 5) == 0b110   ? 2
                             : (lead >> 4) == 0b1110  ? 3
                             : (lead >> 3) == 0b11110 ? 4
                                                      : 0;
    if (size != text.size()) return false;
    std::uint32_t value = size == 1 ? lead : lead & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((octet(i) >> 6) != 0b10) return false;
        value = value << 6 | (octet(i) & 0x3Fu);
    }
    constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    return value >= smallest[size] && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

TEST(Utf8, AcceptsTheFirstAndLastOfEachLength) {
    for (const auto& text :
         {octets({0x00}), octets({0x7F}), octets({0xC2, 0x80}), octets({0xDF, 0xBF}),
          octets({0xE0, 0xA0, 0x80}), octets({0xED, 0x9F, 0xBF}), octets({0xEE, 0x80, 0x80}),
          octets({0xEF, 0xBF, 0xBF}), octets({0xF0, 0x90, 0x80, 0x80}),
          octets({0xF4, 0x8F, 0xBF, 0xBF})}) {
        EXPECT_TRUE(is_utf8(text));
    }
    EXPECT_TRUE(is_utf8(""));
}

TEST(Utf8, RefusesOverlongForms) {
    for (const auto& text : {octets({0xC0, 0x80}), octets({0xC1, 0xBF}), octets({0xE0, 0x80, 0x80}),
                             octets({0xE0, 0x9F, 0xBF}), octets({0xF0, 0x80, 0x80, 0x80}),
                             octets({0xF0, 0x8F, 0xBF, 0xBF})}) {
        EXPECT_FALSE(is_utf8(text));
    }
}

TEST(Utf8, RefusesSurrogatesAndValuesPastTheLast) {
    for (const auto& text :
         {octets({0xED, 0xA0, 0x80}), octets({0xED, 0xBF, 0xBF}), octets({0xF4, 0x90, 0x80, 0x80}),
          octets({0xF5, 0x80, 0x80, 0x80}), octets({0xF8, 0x88, 0x80, 0x80, 0x80}), octets({0xFE}),
          octets({0xFF})}) {
        EXPECT_FALSE(is_utf8(text));
    }
}

TEST(Utf8, RefusesEveryTruncationAndALoneTail) {
    for (const auto& text :
         {octets({0xC3, 0xA4}), octets({0xE2, 0x82, 0xAC}), octets({0xF0, 0x9F, 0x98, 0x80})}) {
        ASSERT_TRUE(is_utf8(text));
        for (std::size_t size = 1; size < text.size(); ++size) {
            EXPECT_FALSE(is_utf8(text.substr(0, size)));
            EXPECT_FALSE(is_utf8(text.substr(0, size) + "abcd"));
            EXPECT_FALSE(is_utf8(text.substr(size)));
        }
    }
}

TEST(Utf8, AgreesWithASecondReadingOnEveryLeadAndSecondOctet) {
    for (int lead = 0; lead < 256; ++lead) {
        EXPECT_EQ(is_utf8(octets({lead})), is_one_code_point(octets({lead}))) << lead;
        for (int second = 0; second < 256; ++second) {
            const auto two = octets({lead, second});
            const bool both_ascii = lead < 0x80 && second < 0x80;
            EXPECT_EQ(is_utf8(two), both_ascii || is_one_code_point(two)) << lead << ' ' << second;
            if (lead < 0xE0) continue;
            const auto three = octets({lead, second, 0x80});
            EXPECT_EQ(is_utf8(three), is_one_code_point(three)) << lead << ' ' << second;
            const auto four = octets({lead, second, 0xBF, 0x80});
            EXPECT_EQ(is_utf8(four), is_one_code_point(four)) << lead << ' ' << second;
        }
    }
}

TEST(Utf8, ReadsNothingBeyondItsEnd) {
    // Exactly sized on the heap: a sanitizer sees one octet too many.
    for (const auto& text : {octets({0xC3, 0xA4}), octets({0xE2, 0x82, 0xAC}),
                             octets({0xF0, 0x9F, 0x98, 0x80}), std::string("abcdefgh")}) {
        for (std::size_t size = 0; size <= text.size(); ++size) {
            const std::vector<char> exact(text.begin(),
                                          text.begin() + static_cast<std::ptrdiff_t>(size));
            const bool whole = size == 0 || size == text.size() || text[0] == 'a';
            EXPECT_EQ(is_utf8({exact.data(), exact.size()}), whole);
        }
    }
}

TEST(Utf8, ChecksEveryTailOctet) {
    for (const int wrong : {0x00, 0x41, 0x7F, 0xC0, 0xE2, 0xFF}) {
        EXPECT_FALSE(is_utf8(octets({0xE2, 0x82, wrong})));
        EXPECT_FALSE(is_utf8(octets({0xE2, wrong, 0xAC})));
        EXPECT_FALSE(is_utf8(octets({0xF0, 0x9F, 0x98, wrong})));
        EXPECT_FALSE(is_utf8(octets({0xF0, 0x9F, wrong, 0x80})));
        EXPECT_FALSE(is_utf8(octets({0xF0, wrong, 0x98, 0x80})));
    }
}

TEST(Utf8, FindsOneBadOctetAtAnyPlaceOfALongText) {
    for (std::size_t size = 1; size <= 40; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            std::string text(size, 'a');
            EXPECT_TRUE(is_utf8(text));
            text[at] = static_cast<char>(0x80);
            EXPECT_FALSE(is_utf8(text)) << size << ' ' << at;
        }
    }
}

TEST(Utf8, AcceptsASequenceAcrossAnyEightOctetEdge) {
    for (std::size_t before = 0; before <= 16; ++before) {
        for (std::size_t after = 0; after <= 16; ++after) {
            EXPECT_TRUE(is_utf8(std::string(before, 'a') + octets({0xF0, 0x9F, 0x98, 0x80}) +
                                std::string(after, 'a')));
        }
    }
}

TEST(Utf8, LengthCountsCodePoints) {
    EXPECT_EQ(utf8_length(""), 0u);
    EXPECT_EQ(utf8_length("abc"), 3u);
    EXPECT_EQ(utf8_length(octets({0xC3, 0xA4, 'b', 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80})), 4u);
}

TEST(ControlCharacter, IsC0DelOrC1AndNothingBeside) {
    const auto size = [](std::string_view text) { return control_character_size(text); };
    EXPECT_EQ(size(std::string_view("\0", 1)), 1u);
    EXPECT_EQ(size("\x1F"), 1u);
    EXPECT_EQ(size("\x7F"), 1u);
    EXPECT_EQ(size("\xC2\x80"), 2u);
    EXPECT_EQ(size("\xC2\x9Fx"), 2u);
    for (const auto* none : {"", " ", "~", "a\n", "\xC2\xA0", "\xC3\x80", "\xE2\x82\x80"}) {
        EXPECT_EQ(size(none), 0u) << none;
    }
}

TEST(ControlCharacter, IsFoundAnywhere) {
    EXPECT_TRUE(has_control_character("realm\n"));
    EXPECT_TRUE(
        has_control_character("re\xC2\x9B"
                              "alm"));
    EXPECT_FALSE(has_control_character("caf\xC3\xA9 \xC2\xA0"));
    EXPECT_FALSE(has_control_character(""));
}

}  // namespace
}  // namespace relayauth
