#include "relayauth/credential/wrapping.hpp"
#include "relayauth/credential/counted.hpp"

#include "notes_credential.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::credential {
namespace {

const std::string v2(notes::v2_username);

TEST(Wrapping, TrimsWhiteSpaceOfEveryKind) {
    for (const std::string white : {" ", "\t", "\r\n", "\v", "\f", "\xC2\xA0", "\xEF\xBB\xBF",
                                    "\xE2\x80\x8B", "\xE2\x80\xA8", "\xE2\x81\xA0"}) {
        const auto found = trim_ends(white + "a b" + white + white);
        ASSERT_TRUE(found) << white;
        EXPECT_EQ(found->text, "a b");
        EXPECT_EQ(found->what.words, "white space around it: " + counted(white.size(), "octet") +
                                         " before, " + std::to_string(2 * white.size()) + " after");
    }
    EXPECT_FALSE(trim_ends("a b"));
    EXPECT_FALSE(trim_ends(""));
    EXPECT_FALSE(trim_ends(" \n "));
    EXPECT_FALSE(trim_ends("a\xC2"));  // half a character is no white space
}

TEST(Wrapping, TakesAFewMarksOffAndNoMore) {
    std::string marks;
    for (int i = 0; i < 1000; ++i) marks += "\xC2\xAB";
    const auto found = quotation(marks + "a");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->text.size(), marks.size() + 1 - 2 * 8);
}

TEST(Wrapping, TellsWhereTheFirstWhiteSpaceInsideIs) {
    const auto found =
        white_space_inside(v2.substr(0, 20) + "\n" + v2.substr(20, 20) + " " + v2.substr(40));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->text, v2);
    EXPECT_EQ(found->what.words,
              "white space inside: 2 characters of it, the first '\\n' at octet 21; 1 line break "
              "among it");
}

TEST(Wrapping, LeavesAMarkWhoseOtherHalfIsInside) {
    for (const std::string text : {"<a>:b", "\"a\":b", "a:(b)c", "'", "\"\"", "(),", "a", ""}) {
        EXPECT_FALSE(quotation(text)) << text;
    }
    EXPECT_EQ(quotation("(a(b)),;")->text, "a(b)");
    EXPECT_EQ(quotation("[\"a\"],")->what.words,
              "marks of quotation or punctuation around it: 2 octets before, 3 after");
    EXPECT_EQ(quotation("a\"")->text, "a");
    EXPECT_EQ(quotation("\xC2\xAB"
                        "a")
                  ->text,
              "a");
}

TEST(Wrapping, UndoesTagsThatBelongTogether) {
    EXPECT_EQ(tags("<u>a</u>")->what.words, "tags around it, as of XML: 3 octets before, 4 after");
    EXPECT_EQ(tags("<u x=\"y\">a</u>")->text, "a");
    for (const std::string text :
         {"<u>a</v>", "<u></u>", "<>a</>", "<u", "<sip:a@b>", "<u>", "</u>"}) {
        EXPECT_FALSE(tags(text)) << text;
    }
}

TEST(Wrapping, KnowsAnEllipsisInBase64Only) {
    EXPECT_EQ(ellipsis("ab....cd\xE2\x80\xA6")->what.words,
              "an ellipsis, as what shortens a text puts in: 2 in it, the first at octet 3");
    EXPECT_EQ(ellipsis("ab....cd\xE2\x80\xA6")->text, "abcd");
    for (const std::string text : {"...", "a..b", "a...:1", "a.b", "\xE2\x80"}) {
        EXPECT_FALSE(ellipsis(text)) << text;
    }
}

}  // namespace
}  // namespace relayauth::credential
