#include "relayauth/cli/trace.hpp"

#include "relayauth/base/time_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(MaskPasswords, HidesTheContentAndNothingElse) {
    EXPECT_EQ(mask_passwords("<a><username>u</username><password>s3cret=</password></a>"),
              "<a><username>u</username><password>********</password></a>");
    EXPECT_EQ(mask_passwords(""), "");
    EXPECT_EQ(mask_passwords("To: <sip:a@b.test>;tag=1"), "To: <sip:a@b.test>;tag=1");
}

TEST(MaskPasswords, WorksWithEveryPrefix) {
    EXPECT_EQ(mask_passwords("<m:password>x</m:password>"), "<m:password>********</m:password>");
    EXPECT_EQ(mask_passwords("<password >x</password\n>"), "<password >********</password\n>");
    EXPECT_EQ(mask_passwords("<p:password\txmlns:p='u'>x</p:password>"),
              "<p:password\txmlns:p='u'>********</p:password>");
}

TEST(MaskPasswords, HidesEveryOne) {
    EXPECT_EQ(mask_passwords("<password>a</password><b/><password>c</password>."),
              "<password>********</password><b/><password>********</password>.");
}

TEST(MaskPasswords, HidesWhateverIsInside) {
    for (const auto* inside :
         {"<![CDATA[x</a>]]>", "<!-- x -->y", "<i>x</i>", "a&lt;b", "</passwords>", "\n x"}) {
        const auto masked =
            mask_passwords("<password>" + std::string(inside) + "</password><end/>");
        EXPECT_EQ(masked, "<password>********</password><end/>") << inside;
    }
}

TEST(MaskPasswords, IsNotFooledByAnEndInsideAnAttribute) {
    EXPECT_EQ(mask_passwords("<password a='>x'>y</password>"),
              "<password a='>x'>********</password>");
    EXPECT_EQ(mask_passwords("<password a=\">\">y</password>"),
              "<password a=\">\">********</password>");
}

TEST(MaskPasswords, HidesEverythingBehindAnElementWithoutEnd) {
    EXPECT_EQ(mask_passwords("x<password>abc"), "x<password>********");
    EXPECT_EQ(mask_passwords("x<password>abc</other>"), "x<password>********");
    EXPECT_EQ(mask_passwords("x<password a='>abc</password>"), "x********");
    EXPECT_EQ(mask_passwords("x<password"), "x********");
}

TEST(MaskPasswords, LeavesOtherNamesAndEmptyElementsAlone) {
    for (const auto* text :
         {"<passwordHint>x</passwordHint>", "<password/>x", "<mypassword>x", "<password:a>x",
          "< password>x", "</password>x", "<password a='1'/>x"}) {
        EXPECT_EQ(mask_passwords(text), text);
    }
}

client::exchange happened() {
    client::exchange value;
    value.sent = "SERVICE sip:a SIP/2.0\r\n\r\n<q/>";
    value.received = "SIP/2.0 200 OK\r\nX: \x1b[2J\r\n\r\n<password>s3cret</password>";
    value.sent_at = *parse_utc("2026-11-22T12:00:00Z");
    value.received_at = *parse_utc("2026-11-22T12:00:01Z");
    return value;
}

TEST(TraceText, ShowsBothMessagesAndSaysWhatItChanged) {
    EXPECT_EQ(trace_text(happened(), "a:5062 (TLS)"),
              "---- sent to a:5062 (TLS) at 2026-11-22T12:00:00Z by this machine's clock\n"
              "SERVICE sip:a SIP/2.0\n\n<q/>\n"
              "---- received at 2026-11-22T12:00:01Z by this machine's clock\n"
              "SIP/2.0 200 OK\nX: \\x1b[2J\n\n<password>********</password>\n"
              "---- (passwords are shown as ******** here; Content-Length counts the real "
              "message)\n");
}

TEST(TraceText, SaysWhenNothingWasReceived) {
    auto value = happened();
    value.received.clear();
    EXPECT_THAT(trace_text(value, "a"), HasSubstr("<q/>\n---- nothing was received\n"));
}

TEST(TraceText, ShowsNothingBehindANul) {
    auto value = happened();
    value.received = "SIP/2.0 200 OK\r\n\r\n<" + std::string("\0p\0a\0s\0s", 8);
    EXPECT_THAT(trace_text(value, "a"), HasSubstr("SIP/2.0 200 OK\n\n<\n(and 8 octets that are no "
                                                  "text)\n"));
    EXPECT_THAT(trace_text(value, "a"), Not(HasSubstr("\\x00")));
}

}  // namespace
}  // namespace relayauth::cli
