#include "relayauth/mras/well_formed.hpp"

#include "bodies.hpp"

#include <gtest/gtest.h>

namespace relayauth::mras {
namespace {

TEST(WellFormed, AcceptsWhatClientsSend) {
    for (const auto body : all_bodies) EXPECT_EQ(check_well_formed(body), std::nullopt) << body;
}

TEST(WellFormed, RefusesWhatIsNotUtf8) {
    for (const std::string_view bad :
         {"<a>\x80</a>", "<a>\xC3</a>", "<a b='\xC0\x80'/>", "<a>\xED\xA0\x80</a>", "\xFE\xFF<a/>",
          "\xFF\xFE<a/>", "<a>1234567\xFF</a>", "<a/>\xF5"}) {
        EXPECT_EQ(check_well_formed(bad), errc::not_utf8) << testing::PrintToString(bad);
    }
    EXPECT_EQ(check_well_formed(std::string_view("\xFF\xFE<\0a\0/\0>\0", 10)), errc::not_utf8);
}

// At each place of an eight-octet step.
TEST(WellFormed, RefusesCharactersThatXmlForbidsWhereverTheyStand) {
    for (std::size_t at = 3; at < 30; ++at) {
        for (const std::string_view bad :
             {std::string_view("\0", 1), std::string_view("\x01"), std::string_view("\x0B"),
              std::string_view("\x1F"), std::string_view("\xEF\xBF\xBE"),
              std::string_view("\xEF\xBF\xBF")}) {
            std::string text = "<a>" + std::string(30, 'x') + "</a>";
            EXPECT_EQ(check_well_formed(text), std::nullopt);
            EXPECT_EQ(check_well_formed(text.insert(at, bad)), errc::not_well_formed) << at;
        }
    }
}

TEST(WellFormed, AcceptsEveryOtherCharacter) {
    EXPECT_EQ(check_well_formed("<a>\t\n\r \x7F\xC2\x80\xEF\xBF\xBD\xF4\x8F\xBF\xBF</a>"),
              std::nullopt);
}

TEST(WellFormed, AcceptsOneByteOrderMarkAtTheStart) {
    EXPECT_EQ(check_well_formed("\xEF\xBB\xBF<a/>"), std::nullopt);
    EXPECT_EQ(check_well_formed("\xEF\xBB\xBF\xEF\xBB\xBF<a/>"), errc::not_well_formed);
    EXPECT_EQ(check_well_formed(" \xEF\xBB\xBF<a/>"), errc::not_well_formed);
    EXPECT_EQ(check_well_formed("\xEF\xBB\xBF"), errc::not_well_formed);
}

TEST(WellFormed, AcceptsNoEncodingButUtf8AndAscii) {
    for (const std::string_view name : {"UTF-8", "utf-8", "Utf-8", "US-ASCII", "us-ascii"}) {
        const auto text = "<?xml version='1.0' encoding='" + std::string(name) + "'?><a/>";
        EXPECT_EQ(check_well_formed(text), std::nullopt) << name;
    }
    for (const std::string_view name : {"", "UTF8", "UTF-16", "ISO-8859-1", "utf-8 ", "EBCDIC"}) {
        const auto text = "<?xml version='1.0' encoding='" + std::string(name) + "'?><a/>";
        EXPECT_EQ(check_well_formed(text), errc::not_utf8) << name;
    }
    EXPECT_EQ(check_well_formed("<?xml version='1.0' encoding='US-ASCII'?><a>\xC3\xA9</a>"),
              errc::not_utf8);
    EXPECT_EQ(check_well_formed("\xEF\xBB\xBF<?xml version='1.0' encoding='US-ASCII'?><a/>"),
              errc::not_utf8);
}

}  // namespace
}  // namespace relayauth::mras
