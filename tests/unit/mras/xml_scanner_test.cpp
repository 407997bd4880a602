#include "relayauth/mras/xml_scanner.hpp"

#include "bodies.hpp"
#include "walk.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

namespace relayauth::mras {
namespace {

void expect_good(std::initializer_list<std::string_view> documents) {
    for (const auto text : documents) EXPECT_EQ(check_well_formed(text), std::nullopt) << text;
}
void expect_bad(std::initializer_list<std::string_view> documents) {
    for (const auto text : documents)
        EXPECT_EQ(check_well_formed(text), errc::not_well_formed) << text;
}

TEST(XmlScanner, WantsOneRootAndNoTextBesideIt) {
    expect_good({"<a/>", "<a></a>", " \r\n<a/>\t ", "<!--c--><?p?><a/><?p d?><!--c-->"});
    expect_bad({"",
                " ",
                "x",
                "<a/>x",
                "x<a/>",
                "<a/><b/>",
                "<a></a><a></a>",
                "<!--c-->",
                "<a/>&amp;",
                "<a/><![CDATA[]]>",
                "<![CDATA[]]><a/>",
                "</a>",
                "<a/></a>",
                "<",
                "<a",
                "<a/",
                "<a>",
                "<a><",
                "<a></",
                "<a></a",
                "<!",
                "<?"});
}

TEST(XmlScanner, WantsTagsThatMatch) {
    expect_good({"<a><b/><c></c ></a\n>", "<a:b xmlns:a='u'></a:b>", "<\xC3\xA9/>", "<a\xC2\xB7/>",
                 "<_-.9/>"});
    expect_bad({"<a></b>", "<a></A>", "<a></ab>", "<ab></a>", "<a><b></a></b>", "< a/>", "<a></ a>",
                "<a / >", "<a/ >", "<9/>", "<-a/>", "<.a/>", "<a?/>", "<\xC3\x97/>", "<a\xC3\x97/>",
                "<\xC2\xB7/>", "<a></a b='c'>", "<>", "</>"});
}

TEST(XmlScanner, WantsQuotedAttributesWithSpaceBetween) {
    expect_good({"<a b='c'/>", "<a\nb = \"'\"\tc='\"' />", "<a b=''></a>", "<a b='>'/>",
                 "<a b=']]>'/>", "<a b='1' B='2'/>"});
    expect_bad({"<a b='c'd='e'/>", "<ab='c'/>", "<a b/>", "<a b=/>", "<a b=c/>", "<a b='c/>",
                "<a b='c\"/>", "<a b='<'/>", "<a b=\"x<y\"><c/></a>", "<a b='c' b='d'/>",
                "<a c='1' b='c' c='d'/>", "<a b='c' =''/>", "<a 'b'/>", "<a b='&'/>",
                "<a b='&amp'/>", "<a b='&nbsp;'/>", "<a b='&#0;'/>", "<a b='&amp;&;'/>",
                "<a b 'c'/>"});
}

TEST(XmlScanner, KnowsNoEntityButTheFive) {
    expect_good({"<a>&amp;&lt;&gt;&quot;&apos;&#65;&#x41;</a>", "<a b='&lt;'>x&#xA;</a>"});
    expect_bad({"<a>&</a>", "<a>&amp</a>", "<a>&nbsp;</a>", "<a>&#;</a>", "<a>&#x110000;</a>",
                "<a>&#xFFFE;</a>", "<a>& amp;</a>", "<a>&a<b/>mp;</a>", "<a>;&</a>",
                "<a>&amp;&x;</a>"});
}

TEST(XmlScanner, LetsOnlyCdataEndInTwoBracketsAndAnAngle) {
    expect_good({"<a>]]</a>", "<a>]] ></a>", "<a>]]&gt;</a>", "<a><![CDATA[<b>&x;]]]]></a>",
                 "<a><![CDATA[]]></a>", "<a>]<![CDATA[ ]]>></a>"});
    expect_bad({"<a>]]></a>", "<a>x]]>y</a>", "<a><![CDATA[]]>]]></a>", "<a><![CDATA[</a>",
                "<a><![CDATA[]]</a>", "<a><![cdata[]]></a>", "<a><![CDATA []]></a>",
                "<a><!x></a>"});
}

TEST(XmlScanner, AllowsNoDoubleHyphenInAComment) {
    expect_good({"<a><!----></a>", "<a><!-- <b> & - --></a>", "<!-- - - --><a/>",
                 "<a><!--x<y--></a>", "<!-->--><a/>"});
    expect_bad({"<a><!-- -- --></a>", "<a><!-----></a>", "<a><!-- ---></a>", "<a><!-- </a>",
                "<a><!-></a>", "<a/><!-- --"});
}

TEST(XmlScanner, WantsANameInAnInstruction) {
    expect_good({"<a><?p?></a>", "<a><?p <b> & ] ?? ?></a>", "<?p \n?><a/>"});
    expect_bad(
        {"<a><?"
         "?></a>",
         "<a><? p?></a>", "<a><?p></a>", "<a><?p</a>", "<a><?p/?></a>", "<a><?p x></a>",
         "<a><?9?></a>"});
}

TEST(XmlScanner, NamesADoctype) {
    for (const std::string_view text :
         {"<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
          "<?xml version='1.0'?>\n<!--c--><!DOCTYPE", "<a><!DOCTYPE a></a>", "<a/><!DOCTYPE a>"}) {
        EXPECT_EQ(check_well_formed(text), errc::doctype_present) << text;
    }
}

TEST(XmlScanner, BoundsDepthAndAttributes) {
    std::string deep, end;
    for (std::size_t i = 0; i < max_element_depth; ++i) {
        deep += "<a>";
        end += "</a>";
    }
    EXPECT_EQ(check_well_formed(deep + end), std::nullopt);
    EXPECT_EQ(check_well_formed(deep + "<b/>" + end), std::nullopt);
    EXPECT_EQ(check_well_formed(deep + "<a>" + end + "</a>"), errc::unexpected_element);
    std::string wide = "<a";
    for (std::size_t i = 0; i < max_attributes; ++i) wide += " a" + std::to_string(i) + "=''";
    EXPECT_EQ(check_well_formed(wide + "/>"), std::nullopt);
    EXPECT_EQ(check_well_formed(wide + " b=''/>"), errc::unexpected_attribute);
}

TEST(XmlScanner, AcceptsWhatClientsSend) {
    for (const auto body : all_bodies) EXPECT_EQ(check_well_formed(body), std::nullopt) << body;
}

TEST(XmlScanner, RefusesWhatIsNotUtf8) {
    for (const std::string_view bad :
         {"<a>\x80</a>", "<a>\xC3</a>", "<a b='\xC0\x80'/>", "<a>\xED\xA0\x80</a>", "\xFE\xFF<a/>",
          "\xFF\xFE<a/>", "<a>1234567\xFF</a>", "<a/>\xF5"}) {
        EXPECT_EQ(check_well_formed(bad), errc::not_utf8) << testing::PrintToString(bad);
    }
    EXPECT_EQ(check_well_formed(std::string_view("\xFF\xFE<\0a\0/\0>\0", 10)), errc::not_utf8);
}

TEST(XmlScanner, AcceptsOneByteOrderMarkAtTheStart) {
    EXPECT_EQ(check_well_formed("\xEF\xBB\xBF<a/>"), std::nullopt);
    EXPECT_EQ(check_well_formed("\xEF\xBB\xBF<?xml version='1.0'?><a/>"), std::nullopt);
    EXPECT_EQ(check_well_formed("\xEF\xBB\xBF\xEF\xBB\xBF<a/>"), errc::not_well_formed);
    EXPECT_EQ(check_well_formed(" \xEF\xBB\xBF<a/>"), errc::not_well_formed);
    EXPECT_EQ(check_well_formed("\xEF\xBB\xBF"), errc::not_well_formed);
}

// tokens spells out what the scanner finds: `<a b=c;>` for a tag, `[x]` for a CDATA section, `!`
// for a refusal.
std::string tokens(std::string_view document) {
    std::string octets(document), found;
    xml_scanner scanner;
    scanner.begin(octets);
    for (;;) {
        const auto kind = scanner.next();
        const std::string text(scanner.text().data(), scanner.text().size());
        if (kind == token::refused) return found + "!";
        if (kind == token::end_of_document) return found;
        if (kind == token::end_tag) found += "</>";
        if (kind == token::text) found += text;
        if (kind == token::cdata) found += "[" + text + "]";
        if (kind != token::start_tag) continue;
        found.append("<").append(scanner.name().whole).append(" ");
        for (const auto& one : scanner.attributes()) {
            found.append(one.name.whole).append("=").append(one.value).append(";");
        }
        found += ">";
    }
}

TEST(XmlScanner, TellsWhatADocumentIsMadeOf) {
    EXPECT_EQ(tokens("<?xml version='1.0'?>\n<!--x--><a><b c='d' e:f=\"&lt;\n\"/>x<?p?>y</a> "),
              "<a ><b c=d;e:f=< ;></>xy</>");
    EXPECT_EQ(tokens("<a/>"), "<a ></>");
    EXPECT_EQ(tokens("<a>&amp;\r\n<![CDATA[&amp;\r\n]]><![CDATA[]]></a>"), "<a >&\n[&amp;\n][]</>");
    EXPECT_EQ(tokens("<a><b></b><b/>\n</a>x"), "<a ><b ></><b ></>\n</>!");
    EXPECT_EQ(tokens("<a b='1'><c/></a>"), "<a b=1;><c ></></>");
    EXPECT_EQ(tokens("<a>x<!-- < -->y<?p <?>z</a>"), "<a >xyz</>");
}

TEST(XmlScanner, ForgetsTheLastDocument) {
    std::string first("<a><b x='&lt;'"), second("<c>d</c>");
    xml_scanner scanner;
    scanner.begin(first);
    EXPECT_EQ(scanner.next(), token::start_tag);
    EXPECT_EQ(scanner.next(), token::refused);
    scanner.begin(second);
    EXPECT_EQ(scanner.next(), token::start_tag);
    EXPECT_EQ(scanner.name().whole, "c");
    EXPECT_TRUE(scanner.attributes().empty());
    EXPECT_EQ(scanner.next(), token::text);
    EXPECT_EQ(scanner.next(), token::end_tag);
    EXPECT_EQ(scanner.next(), token::end_of_document);
}

}  // namespace
}  // namespace relayauth::mras
