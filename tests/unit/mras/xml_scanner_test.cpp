#include "relayauth/mras/xml_scanner.hpp"

#include "relayauth/mras/well_formed.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

// The grammar, through check_well_formed, which hands xml_scanner documents of good characters.
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

TEST(XmlScanner, ReadsTheDeclarationOnlyAtTheStart) {
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

TEST(XmlScanner, WantsTagsThatMatch) {
    expect_good({"<a><b/><c></c ></a\n>", "<a:b xmlns:a='u'></a:b>", "<\xC3\xA9/>", "<a\xC2\xB7/>",
                 "<_-.9/>"});
    expect_bad({"<a></b>", "<a></A>", "<a></ab>", "<ab></a>", "<a><b></a></b>", "< a/>", "<a></ a>",
                "<a / >", "<a/ >", "<9/>", "<-a/>", "<.a/>", "<a?/>", "<\xC3\x97/>", "<a\xC3\x97/>",
                "<\xC2\xB7/>", "<a></a b='c'>", "<>", "</>"});
}

TEST(XmlScanner, AllowsOneColonInsideAName) {
    expect_bad({"<:a/>", "<a:/>", "<a:b:c/>", "<a :b='c'/>", "<a b:='c'/>", "<a b:c:d='e'/>",
                "<a:9/>", "<?a:b?><a/>"});
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

}  // namespace
}  // namespace relayauth::mras
