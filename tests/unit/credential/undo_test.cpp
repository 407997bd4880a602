#include "relayauth/credential/undo.hpp"

#include "notes_credential.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::credential {
namespace {

const std::string v2(notes::v2_username);

TEST(Undo, TrimsWhiteSpaceOfEveryKind) {
    for (const std::string white : {" ", "\t", "\r\n", "\v", "\f", "\xC2\xA0", "\xEF\xBB\xBF",
                                    "\xE2\x80\x8B", "\xE2\x80\xA8", "\xE2\x81\xA0"}) {
        const auto found = trim_ends(white + "a b" + white + white);
        ASSERT_TRUE(found) << white;
        EXPECT_EQ(found->text, "a b");
        EXPECT_EQ(found->what.words, "white space around it: " + std::to_string(white.size()) +
                                         " octets before, " + std::to_string(2 * white.size()) +
                                         " after");
    }
    EXPECT_FALSE(trim_ends("a b"));
    EXPECT_FALSE(trim_ends(""));
    EXPECT_FALSE(trim_ends(" \n "));
    EXPECT_FALSE(trim_ends("a\xC2"));  // half a character is no white space
}

TEST(Undo, TellsWhereTheFirstWhiteSpaceInsideIs) {
    const auto found = undo_one(v2.substr(0, 20) + "\n" + v2.substr(20, 20) + " " + v2.substr(40));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->text, v2);
    EXPECT_EQ(found->what.words,
              "white space inside: 2 characters of it, the first '\\n' at octet 21; 1 line break "
              "among it");
}

TEST(Undo, LeavesBrokenEscapesAlone) {
    for (const std::string text : {"%", "%4", "%4g", "abc%", "%%41"}) {
        const auto found = undo_one(text);
        EXPECT_TRUE(!found || found->what.name != "percent_encoded") << text;
    }
    EXPECT_EQ(undo_one("1893553445%3aalice")->text, "1893553445:alice");
}

TEST(Undo, TakesOnlyNineToNineteenDigitsForAnExpiry) {
    EXPECT_FALSE(undo_one("a:12345678"));
    EXPECT_EQ(undo_one("a:123456789")->text, "123456789:a");
    EXPECT_EQ(undo_one("a:1234567890123456789")->text, "1234567890123456789:a");
    const auto longer = undo_one("a:12345678901234567890");
    EXPECT_TRUE(!longer || longer->what.name != "wrong_way_round");
    EXPECT_FALSE(undo_one("a:12345678x"));
}

TEST(Undo, ReadsAFiletimeInDecimalFrom1970On) {
    EXPECT_EQ(undo_one("116444736000000000:a")->text, "0:a");
    EXPECT_FALSE(undo_one("116444735999999999:a"));
}

TEST(Undo, InARestNameTouchesOnlyWhatIsOddThere) {
    EXPECT_FALSE(undo_in_rest_name("1893553445:alice"));
    EXPECT_FALSE(undo_in_rest_name("1893553445:1893553446"));
    EXPECT_FALSE(undo_in_rest_name("1893553445"));
    EXPECT_FALSE(undo_in_rest_name("1001:alice"));
    EXPECT_FALSE(undo_in_rest_name(v2));
    EXPECT_EQ(undo_in_rest_name("1001:1893553446")->text, "1893553446:1001");
    EXPECT_EQ(undo_in_rest_name("1893553445:a \n")->text, "1893553445:a");
    EXPECT_EQ(undo_in_rest_name("1893553445:" + v2)->text, v2);
}

}  // namespace
}  // namespace relayauth::credential
