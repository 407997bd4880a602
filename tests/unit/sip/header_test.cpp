#include "relayauth/sip/header.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace relayauth::sip {
namespace {

struct known_name {
    std::string_view name;
    header_id id;
};
constexpr std::array<known_name, 17> known = {{{"Via", header_id::via},
                                               {"v", header_id::via},
                                               {"From", header_id::from},
                                               {"f", header_id::from},
                                               {"To", header_id::to},
                                               {"t", header_id::to},
                                               {"Call-ID", header_id::call_id},
                                               {"i", header_id::call_id},
                                               {"CSeq", header_id::cseq},
                                               {"Content-Type", header_id::content_type},
                                               {"c", header_id::content_type},
                                               {"Content-Length", header_id::content_length},
                                               {"l", header_id::content_length},
                                               {"Record-Route", header_id::record_route},
                                               {"Require", header_id::require},
                                               {"Date", header_id::date},
                                               {"Warning", header_id::warning}}};

// with_case writes letter i of `text` in upper case where bit i of `mask` is set, else in lower.
std::string with_case(std::string_view text, unsigned mask) {
    std::string out(text);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const bool letter = (out[i] | 0x20) >= 'a' && (out[i] | 0x20) <= 'z';
        if (!letter) continue;
        out[i] = static_cast<char>((mask >> i & 1) != 0 ? out[i] & ~0x20 : out[i] | 0x20);
    }
    return out;
}

TEST(SipHeader, KnowsEveryNameInEveryCase) {
    for (const auto& each : known) {
        for (unsigned mask = 0; mask < 1u << each.name.size(); ++mask) {
            const auto name = with_case(each.name, mask);
            ASSERT_EQ(identify(name), each.id) << name;
        }
    }
}

TEST(SipHeader, OneCharacterMoreLessOrOtherIsAnotherHeader) {
    for (const auto& each : known) {
        if (each.name.size() == 1) continue;
        for (std::size_t i = 0; i < each.name.size(); ++i) {
            std::string other(each.name);
            other[i] = '~';
            EXPECT_EQ(identify(other), header_id::other) << other;
        }
        EXPECT_EQ(identify(std::string(each.name) + "s"), header_id::other);
        EXPECT_EQ(identify(each.name.substr(1)), header_id::other) << each.name;
    }
}

TEST(SipHeader, IgnoresAllOtherCompactNames) {
    for (int octet = 0; octet < 256; ++octet) {
        const char c = static_cast<char>(octet);
        const bool ours = std::string_view("vVfFtTiIcClL").find(c) != std::string_view::npos;
        EXPECT_EQ(identify({&c, 1}) != header_id::other, ours) << octet;
    }
    EXPECT_EQ(identify(""), header_id::other);
}

TEST(SipHeader, TokenCharactersAreThoseOfRfc3261) {
    constexpr std::string_view marks = "-.!%*_+`'~";
    for (int octet = 0; octet < 256; ++octet) {
        const char c = static_cast<char>(octet);
        const bool expected = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                              (c >= 'a' && c <= 'z') || marks.find(c) != std::string_view::npos;
        EXPECT_EQ(is_token_character(c), expected) << octet;
        EXPECT_EQ(is_token({&c, 1}), expected) << octet;
    }
}

TEST(SipHeader, OneOtherCharacterAnywhereMakesNoToken) {
    EXPECT_TRUE(is_token("SERVICE"));
    EXPECT_TRUE(is_token("x-%20.y"));
    EXPECT_FALSE(is_token(""));
    for (std::size_t i = 0; i < 4; ++i) {
        std::string text = "abcd";
        text[i] = ' ';
        EXPECT_FALSE(is_token(text)) << i;
    }
}

}  // namespace
}  // namespace relayauth::sip
