#include "relayauth/mras/xml_cursor.hpp"

#include "walk.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::mras {
namespace {

TEST(XmlCursor, SplitsANameAtItsColon) {
    std::string text("ab:c-9.=d:e");
    xml_cursor in(text, true);
    xml_name name;
    ASSERT_TRUE(in.read_name(name));
    EXPECT_EQ(name.whole, "ab:c-9.");
    EXPECT_EQ(name.prefix(), "ab");
    EXPECT_EQ(name.local(), "c-9.");
    EXPECT_TRUE(in.skip_equals());
    EXPECT_TRUE(in.skip('d'));
    EXPECT_FALSE(in.read_name(name));
    std::string plain("abc");
    in = xml_cursor(plain, true);
    ASSERT_TRUE(in.read_name(name));
    EXPECT_EQ(name.prefix(), "");
    EXPECT_EQ(name.local(), "abc");
    EXPECT_TRUE(in.at_end());
}

TEST(XmlCursor, ReadsNamesBeyondAscii) {
    const auto is_name = [](std::string text) {
        xml_cursor in(text, false);
        return in.skip_name() && in.at_end();
    };
    EXPECT_TRUE(is_name("\xC3\xA9"));
    EXPECT_TRUE(is_name("a\xC2\xB7"));
    EXPECT_FALSE(is_name("\xC2\xB7"));
    EXPECT_FALSE(is_name("a\xC3\x97"));
    EXPECT_FALSE(is_name("\xC3\x97"));
    EXPECT_TRUE(is_name("a9"));
    EXPECT_FALSE(is_name("9a"));
}

TEST(XmlCursor, ReadsWhatStandsBetweenQuotes) {
    std::string text("'a\"b'\"\"'x");
    xml_cursor in(text, true);
    std::span<char> value;
    ASSERT_TRUE(in.read_quoted(value));
    EXPECT_EQ(std::string(value.begin(), value.end()), "a\"b");
    ASSERT_TRUE(in.read_quoted(value));
    EXPECT_TRUE(value.empty());
    EXPECT_FALSE(in.read_quoted(value)) << "no second quote";
}

TEST(XmlCursor, SkipsPastAMark) {
    std::string text("a--b--");
    xml_cursor in(text, true);
    std::span<char> passed;
    ASSERT_TRUE(in.skip_past("--", passed));
    EXPECT_EQ(passed.size(), 1u);
    EXPECT_EQ(in.rest(), "b--");
    EXPECT_TRUE(in.skip_past("--"));
    EXPECT_TRUE(in.at_end());
    EXPECT_FALSE(in.skip_past("--"));
    EXPECT_FALSE(in.skip_space());
    EXPECT_FALSE(in.is_at('-'));
    EXPECT_FALSE(in.skip("-"));
}

TEST(XmlCursor, AllowsOneColonInsideAName) {
    for (const auto* bad : {"<:a/>", "<a:/>", "<a:b:c/>", "<a :b='c'/>", "<a b:='c'/>",
                            "<a b:c:d='e'/>", "<a:9/>", "<?a:b?><a/>"}) {
        EXPECT_EQ(check_well_formed(bad), errc::not_well_formed) << bad;
    }
}

}  // namespace
}  // namespace relayauth::mras
