#include "relayauth/certificate/name.hpp"

#include "vector_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::certificate {
namespace {

std::string round_trip(std::string_view text) {
    const auto name = parse_name(text);
    EXPECT_TRUE(name.has_value()) << text << ": " << (name ? "" : name.error().text);
    return name ? name_text(name->get()) : "refused";
}

errc why_no_name(std::string_view text) {
    return why_not(parse_name(text));
}

TEST(Name, KeepsItsOrder) {
    EXPECT_EQ(round_trip("CN=gobblygook.confusedamused.com"), "CN=gobblygook.confusedamused.com");
    EXPECT_EQ(round_trip("CN=a,O=b,C=US"), "CN=a,O=b,C=US");
    EXPECT_EQ(round_trip("C=US,O=b,CN=a"), "C=US,O=b,CN=a");
}

TEST(Name, MayBeEmpty) {
    EXPECT_EQ(round_trip(""), "");
    EXPECT_EQ(round_trip("/"), "");
    EXPECT_EQ(name_text(nullptr), "");
}

TEST(Name, TakesOpensslsSlashes) {
    EXPECT_EQ(round_trip("/CN=a/O=b"), "CN=a,O=b");
    EXPECT_EQ(round_trip("/CN=a/"), "CN=a");
    EXPECT_EQ(round_trip("/CN=a, b+c\\/d"), "CN=a\\, b\\+c/d");
}

TEST(Name, DoesNotCountSpacesAroundItsParts) {
    EXPECT_EQ(round_trip(" CN = a  b , O=c "), "CN=a  b,O=c");
    EXPECT_EQ(round_trip("CN=a\\ ,O=b"), "CN=a\\ ,O=b");
}

TEST(Name, UndoesEscapes) {
    EXPECT_EQ(round_trip("O=Zoë\\, Ltd.,CN=a\\=b"), "O=Zoë\\, Ltd.,CN=a=b");
    EXPECT_EQ(round_trip("CN=\\D0\\BE"), "CN=о");
    EXPECT_EQ(round_trip("CN=a\\\\b"), "CN=a\\\\b");
}

TEST(Name, TakesOtherSeparators) {
    EXPECT_EQ(round_trip("CN=a;O=b"), "CN=a,O=b");
    EXPECT_EQ(round_trip("CN=a+O=b,OU=c"), "CN=a+O=b,OU=c");
}

TEST(Name, ShowsUtf8) {
    EXPECT_EQ(round_trip("CN=ошибка,O=日本"), "CN=ошибка,O=日本");
}

TEST(Name, HidesControlCharacters) {
    EXPECT_EQ(round_trip("CN=a\\0Ab"), "CN=a\\0Ab");
    EXPECT_EQ(round_trip("CN=a\xC2\x9B"
                         "b"),
              "CN=#0C0461C29B62");
    EXPECT_EQ(round_trip("CN=a\xC2\xA0"
                         "b"),
              "CN=a\xC2\xA0"
              "b");
}

TEST(Name, NeedsATypeForEachPart) {
    EXPECT_EQ(why_no_name("gobblygook.confusedamused.com"), errc::not_a_name);
    EXPECT_EQ(why_no_name("=a"), errc::not_a_name);
    EXPECT_EQ(why_no_name("CN=a,b"), errc::not_a_name);
    EXPECT_EQ(why_no_name("CN=a,,O=b"), errc::not_a_name);
    EXPECT_EQ(why_no_name(",CN=a"), errc::not_a_name);
    EXPECT_EQ(why_no_name("XYZZY=a"), errc::not_a_name);
}

TEST(Name, NeedsAValueForEachType) {
    EXPECT_EQ(why_no_name("CN="), errc::not_a_name);
    EXPECT_EQ(why_no_name("CN=a,O= "), errc::not_a_name);
    EXPECT_EQ(why_no_name("CN=a,"), errc::not_a_name);
    EXPECT_EQ(why_no_name("CN=a+"), errc::not_a_name);
    EXPECT_EQ(why_no_name("CN=a\\"), errc::not_a_name);
}

TEST(Name, RefusesWhatX509CannotHold) {
    EXPECT_EQ(round_trip("CN=" + std::string(64, 'a')), "CN=" + std::string(64, 'a'));
    EXPECT_EQ(why_no_name("CN=" + std::string(65, 'a')), errc::not_a_name);
    EXPECT_EQ(why_no_name("C=USA"), errc::not_a_name);
    EXPECT_EQ(why_no_name("CN=a\\00b"), errc::not_a_name);
    EXPECT_EQ(why_no_name("CN=\xFF"), errc::not_a_name);
    EXPECT_EQ(why_no_name("CN=\\FF"), errc::not_a_name);
    EXPECT_EQ(why_no_name("CN=a,OU=" + std::string(4097, 'a')), errc::not_a_name);
}

TEST(Name, IsQuotedOnOneLine) {
    EXPECT_EQ(quotable("Zoë a"), "Zoë a");
    EXPECT_EQ(quotable("a\nb\x7F"), "a?b?");
    EXPECT_EQ(quotable("a\xFF"), "a?");
    EXPECT_EQ(quotable("\xC2\x9B"), "??");
    EXPECT_EQ(quotable(std::string(100, 'a')), std::string(100, 'a'));
    EXPECT_EQ(quotable(std::string(101, 'a')), std::string(100, 'a') + "...");
}

}  // namespace
}  // namespace relayauth::certificate
