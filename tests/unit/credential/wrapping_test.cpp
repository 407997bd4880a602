#include "relayauth/credential/wrapping.hpp"

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
        EXPECT_EQ(found->what.words, "white space around it: " + std::to_string(white.size()) +
                                         " octets before, " + std::to_string(2 * white.size()) +
                                         " after");
    }
    EXPECT_FALSE(trim_ends("a b"));
    EXPECT_FALSE(trim_ends(""));
    EXPECT_FALSE(trim_ends(" \n "));
    EXPECT_FALSE(trim_ends("a\xC2"));  // half a character is no white space
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

}  // namespace
}  // namespace relayauth::credential
