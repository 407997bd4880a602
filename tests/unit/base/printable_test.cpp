#include "relayauth/base/printable.hpp"

#include <gtest/gtest.h>

namespace relayauth {
namespace {

TEST(Printable, LeavesTextAsItIs) {
    EXPECT_EQ(printable(""), "");
    EXPECT_EQ(printable("Zürich, 東京, 😀, \\ \" '"), "Zürich, 東京, 😀, \\ \" '");
}

TEST(Printable, EscapesWhatATerminalWouldObey) {
    EXPECT_EQ(printable("\x1b[31mred\x07"), "\\x1b[31mred\\x07");
    EXPECT_EQ(printable("a\r\n\tb"), "a\\r\\n\\tb");
    EXPECT_EQ(printable(std::string_view("\0", 1)), "\\x00");
    EXPECT_EQ(printable("\x1f \x7f"), "\\x1f \\x7f");
    EXPECT_EQ(printable("\xC2\x80\xC2\x9B\xC2\x9F"), "\\u0080\\u009b\\u009f");
    EXPECT_EQ(printable("\xC2\xA0"), "\xC2\xA0");
}

TEST(Printable, EscapesWhatTurnsTheDirectionOrEndsALine) {
    EXPECT_EQ(printable("\xE2\x80\xAE"), "\\u202e");
    EXPECT_EQ(printable("\xE2\x80\xA8"), "\\u2028");
    EXPECT_EQ(printable("\xE2\x81\xA6\xE2\x81\xA9"), "\\u2066\\u2069");
    EXPECT_EQ(printable("\xE2\x80\x8E\xE2\x80\x8F"), "\\u200e\\u200f");
    // Their neighbours mean no harm: U+200D, U+2010, U+2027, U+202F, U+2065, U+206A.
    for (const auto* text : {"\xE2\x80\x8D", "\xE2\x80\x90", "\xE2\x80\xA7", "\xE2\x80\xAF",
                             "\xE2\x81\xA5", "\xE2\x81\xAA"}) {
        EXPECT_EQ(printable(text), text);
    }
}

TEST(Printable, EscapesEachOctetThatIsNoUtf8) {
    EXPECT_EQ(printable("\xFF"), "\\xff");
    EXPECT_EQ(printable("a\x80z"), "a\\x80z");
    EXPECT_EQ(printable("\xC3"), "\\xc3");
    EXPECT_EQ(printable("\xE2\x82"), "\\xe2\\x82");
    EXPECT_EQ(printable("\xC0\x9B"), "\\xc0\\x9b");           // overlong escape character
    EXPECT_EQ(printable("\xED\xA0\x80"), "\\xed\\xa0\\x80");  // surrogate
}

TEST(FirstCharacter, IsTheWholeCodePoint) {
    const auto ascii = first_character("ab");
    EXPECT_EQ(ascii.value, U'a');
    EXPECT_EQ(ascii.size, 1u);
    EXPECT_EQ(first_character("é").value, U'é');
    EXPECT_EQ(first_character("東").value, U'東');
    EXPECT_EQ(first_character("😀").value, U'😀');
    EXPECT_EQ(first_character("😀x").size, 4u);
    EXPECT_FALSE(first_character("\x80").well_formed);
}

TEST(PrintableLines, KeepsLineEnds) {
    EXPECT_EQ(printable_lines("a\r\nb\n\n\x1b"), "a\nb\n\n\\x1b");
    EXPECT_EQ(printable_lines("a\rb\r\n"), "a\\rb\n");
    EXPECT_EQ(printable_lines(""), "");
    EXPECT_EQ(printable_lines("no end"), "no end");
}

}  // namespace
}  // namespace relayauth
