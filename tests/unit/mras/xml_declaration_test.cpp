#include "relayauth/mras/xml_declaration.hpp"

#include "walk.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

// Through xml_scanner, which reads the declaration first.
namespace relayauth::mras {
namespace {

void expect_good(std::initializer_list<std::string_view> documents) {
    for (const auto text : documents) EXPECT_EQ(check_well_formed(text), std::nullopt) << text;
}
void expect_bad(std::initializer_list<std::string_view> documents) {
    for (const auto text : documents)
        EXPECT_EQ(check_well_formed(text), errc::not_well_formed) << text;
}

TEST(XmlDeclaration, StandsOnlyAtTheStart) {
    expect_good({"<?xml version=\"1.0\"?><a/>", "<?xml version = '1.0' ?><a/>",
                 "<?xml\tversion='1.1'?><a/>",
                 "<?xml version='1.0' encoding='utf-8' standalone='no' ?>\n<a/>",
                 "<?xml version='1.0' standalone='yes'?><a/>", "<?xml-stylesheet?><a/>",
                 "<?xmlish a?><a/>"});
    expect_bad({" <?xml version='1.0'?><a/>",
                "<a/><?xml version='1.0'?>",
                "<a><?xml version='1.0'?></a>",
                "<?xml?><a/>",
                "<?xml ?><a/>",
                "<?XML version='1.0'?><a/>",
                "<?xMl?><a/>",
                "<?xml version=1.0?><a/>",
                "<?xml version='2.0'?><a/>",
                "<?xml version='1.'?><a/>",
                "<?xml version='1.x'?><a/>",
                "<?xml version='1'?><a/>",
                "<?xml version='1.0'encoding='utf-8'?><a/>",
                "<?xml encoding='utf-8'?><a/>",
                "<?xml version='1.0' standalone='yes' encoding='utf-8'?><a/>",
                "<?xml version='1.0' standalone='maybe'?><a/>",
                "<?xml version='1.0'standalone='yes'?><a/>",
                "<?xml version='1.0' encoding='utf-8'standalone='yes'?><a/>",
                "<?xml version='1.0' standalone?><a/>",
                "<?xml version='1.0' encoding?><a/>",
                "<?xml version='1.0\"?><a/>",
                "<?xml version '1.0'?><a/>",
                "<?xml version='1.0' x='y'?><a/>",
                "<?xml version='1.0'>",
                "<?xml version='1.0'",
                "<?xml version='1.0",
                "<?xml version=",
                "<?xml version"});
}

TEST(XmlDeclaration, AcceptsNoEncodingButUtf8AndAscii) {
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

TEST(XmlDeclaration, LeavesTheCursorBehindIt) {
    std::string with_one("<?xml version='1.0'?>\n<a/>"), without("<?xmlish?><a/>");
    xml_cursor in(with_one, true);
    EXPECT_EQ(read_declaration(in), std::nullopt);
    EXPECT_EQ(in.rest(), "\n<a/>");
    in = xml_cursor(without, true);
    EXPECT_EQ(read_declaration(in), std::nullopt);
    EXPECT_EQ(in.rest(), without);
}

}  // namespace
}  // namespace relayauth::mras
