#include "relayauth/sip/request.hpp"

#include "tests/support/sip_messages.hpp"
#include "tests/unit/sip/feed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relayauth::sip {
namespace {

constexpr std::string_view good =
    "SERVICE sip:mras SIP/2.0\r\n"
    "Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK1\r\n"
    "From: <sip:a@example.test>;tag=1\r\n"
    "To: <sip:b@example.test>\r\n"
    "Call-ID: c1\r\n"
    "CSeq: 7 SERVICE\r\n"
    "Content-Type: text/plain\r\n"
    "Content-Length: 0\r\n"
    "\r\n";

// fault_in frames `message` and tells what parse_request finds wrong with it.
std::optional<errc> fault_in(std::string_view message) {
    const framed one(message);
    EXPECT_TRUE(one.is_whole()) << message;
    return parse_request(one.table()).why;
}

// fault_with is the fault of the good request after one exchange.
std::optional<errc> fault_with(std::string_view old_part, std::string_view new_part) {
    return fault_in(replaced(good, old_part, new_part));
}

TEST(SipRequest, ReadsTheRequestOfALyncClient) {
    const framed one(messages::lync_2010_service);
    const auto got = parse_request(one.table());
    EXPECT_EQ(got.why, std::nullopt);
    EXPECT_EQ(got.value.method, "SERVICE");
    EXPECT_EQ(got.value.uri, "sip:edge.example.test:5062;grid");
    ASSERT_TRUE(got.value.top_via);
    EXPECT_EQ(got.value.top_via->host, "10.1.2.3");
    EXPECT_EQ(got.value.from,
              "\"Alice Example\"<sip:alice@example.test>;tag=3f1c9a7e52;epid=0a1b2c3d4e");
    EXPECT_EQ(
        got.value.to,
        "<sip:edge.example.test@example.test;gruu;opaque=srvr:MRAS:AAECAwQFBgcICQoLDA0ODwAA>");
    EXPECT_EQ(got.value.call_id, "8c7b6a5948372615f4e3d2c1b0a99887");
    EXPECT_EQ(got.value.cseq, "1 SERVICE");
    EXPECT_EQ(got.value.cseq_number, 1u);
    EXPECT_EQ(got.value.content_type, "application/msrtc-media-relay-auth+xml");
    EXPECT_EQ(got.value.headers.size(), 14u);
}

TEST(SipRequest, FindsNothingWrongWithWhatRealPeersSend) {
    for (const auto message :
         {messages::lync_2010_service, messages::sipe_service, messages::short_options,
          messages::compact_message, messages::negotiate, good}) {
        EXPECT_EQ(fault_in(message), std::nullopt) << message;
    }
}

TEST(SipRequest, ContentTypeMayBeAbsent) {
    const framed one(messages::short_options);
    EXPECT_EQ(parse_request(one.table()).value.content_type, "");
}

TEST(SipRequest, FirstFindsTheFirstOfAKind) {
    const framed one(messages::lync_2010_service);
    const auto got = parse_request(one.table());
    const auto* via = got.value.first(header_id::via);
    ASSERT_NE(via, nullptr);
    EXPECT_TRUE(via->value.starts_with("SIP/2.0/TLS 10.1.2.3:49301"));
    EXPECT_EQ(got.value.first(header_id::require), nullptr);
}

TEST(SipRequest, NamesWhatIsMissing) {
    EXPECT_EQ(fault_with("From: <sip:a@example.test>;tag=1\r\n", ""), errc::missing_from);
    EXPECT_EQ(fault_with("To: <sip:b@example.test>\r\n", ""), errc::missing_to);
    EXPECT_EQ(fault_with("Call-ID: c1\r\n", ""), errc::missing_call_id);
    EXPECT_EQ(fault_with("CSeq: 7 SERVICE\r\n", ""), errc::missing_cseq);
    EXPECT_EQ(fault_with("Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK1\r\n", ""),
              errc::missing_via);
}

TEST(SipRequest, AnEmptyHeaderIsAMissingOne) {
    EXPECT_EQ(fault_with("<sip:a@example.test>;tag=1", ""), errc::missing_from);
    EXPECT_EQ(fault_with("<sip:b@example.test>", "\r\n \t"), errc::missing_to);
    EXPECT_EQ(fault_with(": c1", ":"), errc::missing_call_id);
    EXPECT_EQ(fault_with("7 SERVICE", ""), errc::missing_cseq);
}

TEST(SipRequest, RefusesAViaThatCannotBeRead) {
    EXPECT_EQ(fault_with("SIP/2.0/TLS 192.0.2.1:5061", "SIP/2.0/TLS"), errc::malformed_via);
    EXPECT_EQ(fault_with("Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK1", "Via:"),
              errc::malformed_via);
    EXPECT_EQ(fault_with("Via: SIP", "Via: 1.1 proxy\r\nVia: SIP"), errc::malformed_via);
    EXPECT_EQ(fault_with("\r\nFrom", "\r\nVia: junk\r\nFrom"), std::nullopt);
}

TEST(SipRequest, RefusesARepeatedHeader) {
    for (const auto* name : {"From", "f", "TO", "t", "Call-ID", "i", "cseq"}) {
        for (const auto* value : {": 7 SERVICE\r\n", ":\r\n"}) {
            const auto line = std::string(name) + value;
            EXPECT_EQ(fault_with("Content-Length", line + "Content-Length"), errc::repeated_header)
                << line;
            EXPECT_EQ(fault_with("Via", line + "Via"), errc::repeated_header) << line;
        }
    }
}

TEST(SipRequest, OtherHeadersMayBeRepeated) {
    EXPECT_EQ(fault_with("Via", "Record-Route: <a>\r\nRecord-Route: <b>\r\nX: 1\r\nX: 2\r\nVia"),
              std::nullopt);
    const framed one(
        replaced(good, "Content-Length", "Content-Type: other/type\r\nContent-Length"));
    EXPECT_EQ(parse_request(one.table()).value.content_type, "text/plain");
}

TEST(SipRequest, RefusesAHeaderLineThatIsNone) {
    for (const auto* line : {"no colon\r\n", "X-Name\r\n", ": value\r\n", "two words: x\r\n",
                             "X(1): y\r\n", "\"X: y\"\r\n", "X\r\n : y\r\n", "\xC3\xBC: y\r\n"}) {
        EXPECT_EQ(fault_with("From", line + std::string("From")), errc::malformed_header_line)
            << line;
    }
    EXPECT_EQ(fault_with("Via", " X: folded start\r\nVia"), errc::malformed_header_line);
    EXPECT_EQ(fault_with("From", "X \t: y\r\nY:\r\nFrom"), std::nullopt);
}

TEST(SipRequest, RefusesAStartLineThatIsBroken) {
    constexpr std::string_view start = "SERVICE sip:mras SIP/2.0";
    for (const auto* line : {"SERVICE",
                             "SERVICE ",
                             "SERVICE sip:mras",
                             "SERVICE SIP/2.0",
                             "SERVICE  SIP/2.0",
                             "SERVICE  sip:mras SIP/2.0",
                             "SERVICE sip:mras  SIP/2.0",
                             "SERVICE sip:mras SIP/2.0 ",
                             "SERVICE sip:mras x SIP/2.0",
                             "SERVICE\tsip:mras\tSIP/2.0",
                             "SERVICE sip:m\tras SIP/2.0",
                             "SER(VICE sip:mras SIP/2.0",
                             "SERVICE: sip:mras SIP/2.0",
                             "SERVICE sip:mras SIP2.0",
                             "SERVICE sip:mras SIP",
                             "SERVICE sip:mras SIP/",
                             "SERVICE sip:mras 2.0",
                             "SERVICE sip:mras HTTP/1.1",
                             "GET / HTTP/1.1",
                             "SERVICE sip:mras SIPS/2.0",
                             "SERVICE sip:mras XSIP/2.0",
                             "SIP/2.0 200 OK",
                             "SIP/2.0 200",
                             "SIP/3.0 200 OK"}) {
        EXPECT_EQ(fault_with(start, line), errc::malformed_start_line) << line;
    }
}

TEST(SipRequest, KnowsSip20InAnyCase) {
    EXPECT_EQ(fault_with("mras SIP/2.0", "mras sip/2.0"), std::nullopt);
    EXPECT_EQ(fault_with("mras SIP/2.0", "mras sIp/2.0"), std::nullopt);
}

TEST(SipRequest, OtherSipVersionsAreUnsupported) {
    for (const auto* version : {"SIP/2.1", "SIP/3.0", "SIP/1.0", "SIP/7.0", "sip/2.00", "SIP/20",
                                "SIP/2.0.0", "SIP/02.0", "SIP/3"}) {
        EXPECT_EQ(fault_with("mras SIP/2.0", "mras " + std::string(version)),
                  errc::unsupported_sip_version)
            << version;
    }
}

TEST(SipRequest, TakesAnyUriWithoutSpaces) {
    for (const auto* uri : {"*", "tel:+1", "sips:a@[::1]:5061;x=\"y\"", "http://x/", "x"}) {
        EXPECT_EQ(fault_with("sip:mras", uri), std::nullopt) << uri;
    }
}

TEST(SipRequest, CSeqNumberEndsBelow2To31) {
    EXPECT_EQ(fault_with("7 SERVICE", "0 SERVICE"), std::nullopt);
    EXPECT_EQ(fault_with("7 SERVICE", "2147483647 SERVICE"), std::nullopt);
    EXPECT_EQ(fault_with("7 SERVICE", "0000000000000000000000007 SERVICE"), std::nullopt);
    for (const auto* number :
         {"2147483648", "4294967295", "4294967296", "4294967303", "9223372036854775808",
          "18446744073709551615", "18446744073709551616", "18446744073709551623",
          "99999999999999999999999999"}) {
        EXPECT_EQ(fault_with("7 SERVICE", std::string(number) + " SERVICE"), errc::cseq_too_large)
            << number;
    }
    const framed one(replaced(good, "7 SERVICE", "2147483647 SERVICE"));
    EXPECT_EQ(parse_request(one.table()).value.cseq_number, 2147483647u);
}

TEST(SipRequest, RefusesACSeqThatIsNone) {
    for (const auto* value :
         {"7", "SERVICE", "SERVICE 7", "-1 SERVICE", "+7 SERVICE", "7SERVICE", "7 SERVICE 8",
          "7 SER(VICE", "7.0 SERVICE", "0x7 SERVICE", "7, SERVICE", "7;SERVICE", "- SERVICE"}) {
        EXPECT_EQ(fault_with("7 SERVICE", value), errc::malformed_cseq) << value;
    }
}

TEST(SipRequest, CSeqMayBeFoldedAndSpacedOut) {
    for (const auto* value :
         {"7   SERVICE", "7\tSERVICE", "7\r\n SERVICE", "\r\n 7 \r\n\t SERVICE"}) {
        EXPECT_EQ(fault_with("7 SERVICE", value), std::nullopt) << value;
    }
}

TEST(SipRequest, CSeqMethodMustBeTheRequestsExactly) {
    for (const auto* method : {"OPTIONS", "service", "SERVICEX", "SERVIC", "Service"}) {
        EXPECT_EQ(fault_with("7 SERVICE", "7 " + std::string(method)), errc::cseq_method_differs)
            << method;
    }
}

// A message with every fault, then with one cured after the other: the order in which they count.
TEST(SipRequest, FaultsHaveAnOrder) {
    std::string message =
        "SERVICE sip:mras SIP/3.0\r\n"
        "junk\r\n"
        "CSeq: x\r\n"
        "X: via\r\n"
        "Content-Length: 0\r\n\r\n";
    EXPECT_EQ(fault_in(message), errc::missing_via);
    message = replaced(message, "X: via", "Via: x");
    EXPECT_EQ(fault_in(message), errc::malformed_via);
    message = replaced(message, "Via: x", "Via: SIP/2.0/TLS h");
    EXPECT_EQ(fault_in(message), errc::unsupported_sip_version);
    message = replaced(message, "SIP/3.0", "SIP/2.0");
    EXPECT_EQ(fault_in(message), errc::missing_from);
    message = replaced(message, "Via", "f: <sip:a>\r\nVia");
    EXPECT_EQ(fault_in(message), errc::missing_to);
    message = replaced(message, "Via", "t: <sip:b>\r\nVia");
    EXPECT_EQ(fault_in(message), errc::missing_call_id);
    message = replaced(message, "Via", "i: c\r\nVia");
    EXPECT_EQ(fault_in(message), errc::malformed_header_line);
    message = replaced(message, "junk\r\n", "");
    EXPECT_EQ(fault_in(message), errc::malformed_cseq);
}

TEST(SipRequest, AFaultLeavesTheRestReadable) {
    const framed one(replaced(good, "SIP/2.0\r\n", "SIP/3.0\r\n"));
    const auto got = parse_request(one.table());
    ASSERT_TRUE(got.value.top_via);
    EXPECT_EQ(got.value.method, "SERVICE");
    EXPECT_EQ(got.value.from, "<sip:a@example.test>;tag=1");
    EXPECT_EQ(got.value.cseq, "7 SERVICE");
    EXPECT_EQ(got.value.headers.size(), 7u);
}

TEST(SipRequest, TellsAStatusLineFromARequestLine) {
    EXPECT_TRUE(is_response("SIP/2.0 200 OK"));
    EXPECT_TRUE(is_response("sip/2.0 1"));
    for (const auto* line : {"", "SIP/2.0", "SIP/2.0 ", "SERVICE sip:a SIP/2.0", "SIP/2.1 200 OK",
                             " SIP/2.0 200", "SIP/2.0\t200 OK", "SIP/2.00 200 OK"}) {
        EXPECT_FALSE(is_response(line)) << line;
    }
}

}  // namespace
}  // namespace relayauth::sip
