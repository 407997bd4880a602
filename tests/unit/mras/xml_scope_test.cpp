#include "relayauth/mras/xml_scope.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::mras {
namespace {

#define MRASP "http://schemas.microsoft.com/2006/09/sip/mrasp"

// tree enters the root of `text`.
struct tree {
    explicit tree(std::string_view source) : text(source) {
        scanner.begin(text);
        EXPECT_EQ(scanner.next(), token::start_tag) << source;
        entered = scope.enter(scanner);
    }
    // next_element enters the next element.
    std::optional<element_name> next_element() {
        while (scanner.next() != token::start_tag) {
        }
        return scope.enter(scanner);
    }
    std::string text;
    xml_scanner scanner;
    xml_scope scope;
    std::optional<element_name> entered;
};

TEST(XmlScope, ResolvesDefaultAndPrefixedNames) {
    const tree plain("<request xmlns='" MRASP "'/>");
    ASSERT_TRUE(plain.entered);
    EXPECT_TRUE(plain.entered->is_mrasp);
    EXPECT_EQ(plain.entered->local, "request");
    const tree prefixed("<p:request xmlns='u' xmlns:p='" MRASP "'/>");
    ASSERT_TRUE(prefixed.entered);
    EXPECT_TRUE(prefixed.entered->is_mrasp);
    EXPECT_EQ(prefixed.entered->local, "request");
    for (const auto* other :
         {"<request/>", "<request xmlns='u'/>", "<p:request xmlns:p='u' xmlns='" MRASP "'/>",
          "<request xmlns:p='" MRASP "'/>", "<request xmlns='" MRASP "/'/>", "<xml:request/>"}) {
        const tree foreign(other);
        ASSERT_TRUE(foreign.entered) << other;
        EXPECT_FALSE(foreign.entered->is_mrasp) << other;
    }
}

TEST(XmlScope, ForgetsInnerDeclarationsOnLeaving) {
    tree outer("<a xmlns='" MRASP "'><b xmlns='u' xmlns:p='v'/><c/><p:d/></a>");
    const auto in_b = outer.next_element();
    ASSERT_TRUE(in_b);
    EXPECT_FALSE(in_b->is_mrasp);
    outer.scope.leave(*in_b);
    const auto in_c = outer.next_element();
    ASSERT_TRUE(in_c);
    EXPECT_TRUE(in_c->is_mrasp);
    EXPECT_TRUE(outer.scanner.attributes().empty());
    outer.scope.leave(*in_c);
    EXPECT_FALSE(outer.next_element()) << "p is no longer bound";
}

TEST(XmlScope, LetsAnInnerDeclarationUndoTheDefault) {
    tree outer("<a xmlns='" MRASP "'><b xmlns=''/></a>");
    const auto in_b = outer.next_element();
    ASSERT_TRUE(in_b);
    EXPECT_FALSE(in_b->is_mrasp);
}

TEST(XmlScope, ClassifiesAttributes) {
    tree root("<a xmlns='u' xmlns:p='" MRASP
              "' xmlns:q='v' b='1' p:c='2' q:d='3' xml:e='4' xmlnsx='5'/>");
    ASSERT_TRUE(root.entered);
    const auto attributes = root.scanner.attributes();
    ASSERT_EQ(attributes.size(), 8u);
    const attribute_kind kinds[] = {attribute_kind::declaration, attribute_kind::declaration,
                                    attribute_kind::declaration, attribute_kind::plain,
                                    attribute_kind::mrasp,       attribute_kind::foreign,
                                    attribute_kind::foreign,     attribute_kind::plain};
    for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(attributes[i].kind, kinds[i]) << i;
    EXPECT_EQ(attributes[4].name.whole, "p:c");
    EXPECT_EQ(attributes[4].value, "2");
}

TEST(XmlScope, RefusesUnboundPrefixes) {
    for (const auto* bad : {"<p:a/>", "<a p:b='c'/>", "<xmlns:a/>", "<p:a xmlns:q='u'/>"}) {
        EXPECT_FALSE(tree(bad).entered) << bad;
    }
}

TEST(XmlScope, RefusesMisuseOfReservedNames) {
    for (const auto* bad :
         {"<a xmlns:p=''/>", "<a xmlns:xml='u'/>",
          "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
          "<a xmlns='http://www.w3.org/XML/1998/namespace'/>", "<a xmlns:xmlns='u'/>",
          "<a xmlns:xmlns='http://www.w3.org/2000/xmlns/'/>",
          "<a xmlns:p='http://www.w3.org/2000/xmlns/'/>",
          "<a xmlns='http://www.w3.org/2000/xmlns/'/>"}) {
        EXPECT_FALSE(tree(bad).entered) << bad;
    }
    EXPECT_TRUE(
        tree("<xml:a xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:b='c'/>").entered);
}

TEST(XmlScope, RefusesOneNameUnderTwoPrefixes) {
    EXPECT_FALSE(tree("<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>").entered);
    EXPECT_FALSE(tree("<a xmlns:p='" MRASP "' xmlns:q='" MRASP "' p:b='1' q:b='2'/>").entered);
    EXPECT_FALSE(tree("<a p:b='1' q:b='2' xmlns:p='u' c='3' xmlns:q='u'/>").entered);
    EXPECT_TRUE(tree("<a xmlns:p='u' xmlns:q='v' p:b='1' q:b='2' b='3'/>").entered);
    EXPECT_TRUE(tree("<a xmlns:p='u' xmlns:q='u' p:b='1' q:c='2'/>").entered);
    EXPECT_TRUE(tree("<a xmlns='u' xmlns:p='u' b='1' p:b='2'/>").entered);
}

}  // namespace
}  // namespace relayauth::mras
