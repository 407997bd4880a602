#include "relayauth/mras/xml_chars.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

namespace relayauth::mras {
namespace {

TEST(XmlChars, DecodesTheEdgesOfEachLength) {
    const struct {
        std::string text;
        char32_t value;
    } cases[] = {{"\x7F", 0x7F},
                 {"\xC2\x80", 0x80},
                 {"\xDF\xBF", 0x7FF},
                 {"\xE0\xA0\x80", 0x800},
                 {"\xED\x9F\xBF", 0xD7FF},
                 {"\xEE\x80\x80", 0xE000},
                 {"\xEF\xBF\xBF", 0xFFFF},
                 {"\xF0\x90\x80\x80", 0x10000},
                 {"\xF4\x8F\xBF\xBF", 0x10FFFF}};
    for (const auto& one : cases) {
        const auto read = code_point_at("x" + one.text + "y", 1);
        EXPECT_EQ(read.value, one.value);
        EXPECT_EQ(read.length, one.text.size());
    }
}

TEST(XmlChars, DecodesNothingThatIsNotUtf8) {
    for (const std::string text :
         {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2x", "\xE0\x9F\xBF", "\xE1\x80",
          "\xE1\x80x", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF0\x90\x80",
          "\xF0\x90\x80x", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF"}) {
        EXPECT_EQ(code_point_at(text, 0).length, 0) << testing::PrintToString(text);
    }
}

TEST(XmlChars, KnowsTheCharactersOfADocument) {
    for (const char32_t good : std::initializer_list<char32_t>{0x9, 0xA, 0xD, 0x20, 0x7F, 0xD7FF,
                                                               0xE000, 0xFFFD, 0x10000, 0x10FFFF}) {
        EXPECT_TRUE(is_xml_char(good)) << static_cast<unsigned>(good);
    }
    for (const char32_t bad : std::initializer_list<char32_t>{0x0, 0x8, 0xB, 0xC, 0xE, 0x1F, 0xD800,
                                                              0xDFFF, 0xFFFE, 0xFFFF, 0x110000}) {
        EXPECT_FALSE(is_xml_char(bad)) << static_cast<unsigned>(bad);
    }
}

TEST(XmlChars, KnowsTheCharactersOfAName) {
    for (const char32_t start : std::initializer_list<char32_t>{
             'a',    'z',    'A',    'Z',    '_',     0xC0,   0xD6,   0xD8,
             0x2FF,  0x37D,  0x37F,  0x1FFF, 0x200C,  0x2070, 0x2C00, 0x3001,
             0xD7FF, 0xF900, 0xFDF0, 0xFFFD, 0x10000, 0xEFFFF}) {
        EXPECT_TRUE(may_start_name(start)) << static_cast<unsigned>(start);
        EXPECT_TRUE(may_continue_name(start)) << static_cast<unsigned>(start);
    }
    for (const char32_t more :
         std::initializer_list<char32_t>{'-', '.', '0', '9', 0xB7, 0x300, 0x36F, 0x203F, 0x2040}) {
        EXPECT_FALSE(may_start_name(more)) << static_cast<unsigned>(more);
        EXPECT_TRUE(may_continue_name(more)) << static_cast<unsigned>(more);
    }
    for (const char32_t never : std::initializer_list<char32_t>{
             ' ', ':', '/', '@', '[', '`', '{', '\x7F', 0xBF, 0xD7, 0xF7, 0x37E, 0x2000, 0x2190,
             0x3000, 0xE000, 0xFDD0, 0xFFFE, 0xF0000}) {
        EXPECT_FALSE(may_start_name(never)) << static_cast<unsigned>(never);
        EXPECT_FALSE(may_continue_name(never)) << static_cast<unsigned>(never);
    }
}

TEST(XmlChars, KnowsTheReferencesThatExistWithoutADoctype) {
    for (const auto* good : {"amp", "lt", "gt", "quot", "apos", "#9", "#10", "#65", "#x41", "#xAbC",
                             "#1114111", "#x10FFFF", "#x0000000000000000041", "#xD7FF"}) {
        EXPECT_TRUE(is_reference(good)) << good;
    }
    for (const auto* bad : {"",
                            "AMP",
                            "nbsp",
                            "amp ",
                            "#",
                            "#x",
                            "#X41",
                            "#0",
                            "#x0",
                            "#8",
                            "#xG",
                            "#a",
                            "#-1",
                            "#1 ",
                            "#xD800",
                            "#xFFFE",
                            "#1114112",
                            "#x110000",
                            "#99999999999999999999",
                            "#x100000041"}) {
        EXPECT_FALSE(is_reference(bad)) << bad;
    }
}

TEST(XmlChars, TrimsOnlyTheFourWhiteSpaces) {
    EXPECT_EQ(trim_xml_space(" \t\r\na \n b\f\n "), "a \n b\f");
    EXPECT_EQ(trim_xml_space(" \t\r\n"), "");
}

}  // namespace
}  // namespace relayauth::mras
