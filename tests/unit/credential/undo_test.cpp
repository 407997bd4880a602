#include "relayauth/credential/undo.hpp"

#include "notes_credential.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::credential {
namespace {

const std::string v2(notes::v2_username);

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
