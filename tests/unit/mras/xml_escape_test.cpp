#include "relayauth/mras/xml_escape.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace relayauth::mras {
namespace {

std::string text(std::string_view value) {
    text_buffer out;
    out.put("[");
    append_text(out, value);
    return std::string(out.text()) + "]";
}

std::string attribute(std::string_view value) {
    text_buffer out;
    out.put("[");
    append_attribute(out, value);
    return std::string(out.text()) + "]";
}

TEST(XmlEscape, LeavesPlainTextAlone) {
    EXPECT_EQ(text(""), "[]");
    EXPECT_EQ(text("AQAAIIHEwIAB4Peju1pZ/+g=="), "[AQAAIIHEwIAB4Peju1pZ/+g==]");
    EXPECT_EQ(attribute("a'b \x7F \xC3\xA9\xF0\x9F\x98\x80"),
              "[a'b \x7F \xC3\xA9\xF0\x9F\x98\x80]");
}

// Long text is looked at in blocks: each place of each special octet counts.
TEST(XmlEscape, FindsASpecialOctetAtEveryPlace) {
    for (std::size_t size = 1; size < 40; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            std::string plain(size, 'x');
            for (const auto& [octet, escape] : {std::pair{'<', "&lt;"},
                                                {'>', "&gt;"},
                                                {'&', "&amp;"},
                                                {'"', "&quot;"},
                                                {'\x1F', "\xEF\xBF\xBD"},
                                                {'\x80', "\xEF\xBF\xBD"},
                                                {'\r', "&#13;"}}) {
                auto special = plain, expected = plain;
                special[at] = octet;
                expected.replace(at, 1, escape);
                ASSERT_EQ(text(special), "[" + expected + "]");
                ASSERT_EQ(attribute(special), "[" + expected + "]");
            }
        }
    }
}

// Neighbours of the special ones, one bit away.
TEST(XmlEscape, LeavesEveryOtherOctetOfAsciiAlone) {
    std::string others;
    for (char c = ' '; c != '\x7F'; ++c) {
        if (std::string_view("<>&\"").find(c) == std::string_view::npos) others += c;
    }
    EXPECT_EQ(text(others), "[" + others + "]");
    EXPECT_EQ(attribute(others), "[" + others + "]");
}

TEST(XmlEscape, ReplacesMarkup) {
    EXPECT_EQ(text("a<b>&\"c]]>"), "[a&lt;b&gt;&amp;&quot;c]]&gt;]");
    EXPECT_EQ(attribute("<>&\""), "[&lt;&gt;&amp;&quot;]");
    EXPECT_EQ(text("&amp;"), "[&amp;amp;]");
}

TEST(XmlEscape, KeepsLineEndsFromBeingNormalised) {
    EXPECT_EQ(text("a\tb\nc\rd"), "[a\tb\nc&#13;d]");
    EXPECT_EQ(attribute("a\tb\nc\rd"), "[a&#9;b&#10;c&#13;d]");
}

TEST(XmlEscape, ReplacesWhatXmlCannotSay) {
    EXPECT_EQ(text(std::string_view("a\0b\x1F", 4)),
              "[a\xEF\xBF\xBD"
              "b\xEF\xBF\xBD]");
    EXPECT_EQ(text("\xEF\xBF\xBE!"), "[\xEF\xBF\xBD!]");
    EXPECT_EQ(attribute("\xC3"), "[\xEF\xBF\xBD]");
    EXPECT_EQ(text("\xFFz"), "[\xEF\xBF\xBDz]");
}

std::string restored(std::string text, raw_text kind) {
    const auto size = unescape(text, kind);
    return size ? text.substr(0, *size) : "refused";
}

TEST(XmlUnescape, ResolvesReferencesAndLineEnds) {
    const std::string_view escaped = "a&amp;&lt;&#x41;\r\nb\rc\n\t&#13;&#x1F600;&amp;lt;";
    EXPECT_EQ(restored(std::string(escaped), raw_text::content),
              "a&<A\nb\nc\n\t\r\xF0\x9F\x98\x80&lt;");
    EXPECT_EQ(restored(std::string(escaped), raw_text::attribute),
              "a&<A b c  \r\xF0\x9F\x98\x80&lt;");
    EXPECT_EQ(restored(std::string(escaped), raw_text::cdata),
              "a&amp;&lt;&#x41;\nb\nc\n\t&#13;&#x1F600;&amp;lt;");
    EXPECT_EQ(restored("\r", raw_text::content), "\n");
    EXPECT_EQ(restored("\r\r\n", raw_text::attribute), "  ");
    EXPECT_EQ(restored("", raw_text::content), "");
    EXPECT_EQ(restored("\xC3\xA9 ]", raw_text::content), "\xC3\xA9 ]");
}

TEST(XmlUnescape, RefusesReferencesThatDoNotExist) {
    for (const auto* bad :
         {"&", "&;", "&amp", "x&nbsp;", "&#0;", "&amp;&", "& amp;", "&a&amp;", "&lt"}) {
        EXPECT_EQ(restored(bad, raw_text::content), "refused") << bad;
        EXPECT_EQ(restored(bad, raw_text::attribute), "refused") << bad;
        EXPECT_EQ(restored(bad, raw_text::cdata), bad);
    }
}

}  // namespace
}  // namespace relayauth::mras
