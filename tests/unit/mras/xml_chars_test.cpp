#include "relayauth/mras/xml_chars.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

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
    const struct {
        std::string_view name;
        char32_t value;
    } cases[] = {{"amp", '&'},
                 {"lt", '<'},
                 {"gt", '>'},
                 {"quot", '"'},
                 {"apos", 0x27},
                 {"#9", 0x9},
                 {"#10", 0xA},
                 {"#65", 'A'},
                 {"#x41", 'A'},
                 {"#xAbC", 0xABC},
                 {"#1114111", 0x10FFFF},
                 {"#x10FFFF", 0x10FFFF},
                 {"#xD7FF", 0xD7FF},
                 {"#x0000000000000000041", 'A'}};
    for (const auto& one : cases) EXPECT_EQ(reference_value(one.name), one.value) << one.name;
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
        EXPECT_EQ(reference_value(bad), 0u) << bad;
    }
}

TEST(XmlChars, WritesTheEdgesOfEachLength) {
    const struct {
        char32_t value;
        std::string_view octets;
    } cases[] = {{0x9, "\t"},
                 {0x7F, "\x7F"},
                 {0x80, "\xC2\x80"},
                 {0x7FF, "\xDF\xBF"},
                 {0x800, "\xE0\xA0\x80"},
                 {0xD7FF, "\xED\x9F\xBF"},
                 {0xFFFD, "\xEF\xBF\xBD"},
                 {0x10000, "\xF0\x90\x80\x80"},
                 {0x1F600, "\xF0\x9F\x98\x80"},
                 {0x10FFFF, "\xF4\x8F\xBF\xBF"}};
    for (const auto& one : cases) {
        char octets[5] = {};
        const char* const end = write_utf8(octets, one.value);
        EXPECT_EQ(std::string_view(octets, static_cast<std::size_t>(end - octets)), one.octets);
    }
}

// At each place of an eight-octet step.
TEST(XmlChars, SurveyFindsWhatMayNotStandInADocument) {
    using std::string_view;
    for (std::size_t at = 0; at <= 30; ++at) {
        for (const string_view bad :
             {string_view("\0", 1), string_view("\x01"), string_view("\x0B"), string_view("\x1F"),
              string_view("\xEF\xBF\xBE")}) {
            const auto seen = survey(std::string(30, 'x').insert(at, bad));
            EXPECT_EQ(seen.why, errc::not_well_formed) << at;
        }
        for (const string_view bad : {string_view("\x80"), string_view("\xC3"), string_view("\xFF"),
                                      string_view("\xED\xA0\x80")}) {
            EXPECT_EQ(survey(std::string(30, 'x').insert(at, bad)).why, errc::not_utf8) << at;
        }
    }
}

TEST(XmlChars, SurveyTellsWhatNeedsALaterLook) {
    for (std::size_t at = 0; at <= 30; ++at) {
        for (const char* const special : {"&", "\t", "\n", "\r", "\xC3\xA9"}) {
            const auto seen = survey(std::string(30, 'x').insert(at, special));
            EXPECT_EQ(seen.why, std::nullopt);
            EXPECT_FALSE(seen.as_written) << special;
            EXPECT_EQ(seen.all_ascii, std::string_view(special).size() == 1) << special;
        }
    }
    const auto plain = survey(" <a b='c'>\x7F]]~</a>");
    EXPECT_EQ(plain.why, std::nullopt);
    EXPECT_TRUE(plain.as_written && plain.all_ascii);
    EXPECT_EQ(survey("").why, std::nullopt);
    EXPECT_EQ(survey("\xC2\x80\xEF\xBF\xBD\xF4\x8F\xBF\xBF").why, std::nullopt);
}

TEST(XmlChars, TrimsOnlyTheFourWhiteSpaces) {
    EXPECT_EQ(trim_xml_space(" \t\r\na \n b\f\n "), "a \n b\f");
    EXPECT_EQ(trim_xml_space(" \t\r\n"), "");
}

}  // namespace
}  // namespace relayauth::mras
