// The table of bad inputs, on the SIP door and in XML: exact status, reason phrase, event, whether
// the connection lives, and that the next good request is served.
#include "sip_talk.hpp"
#include "talk.hpp"
#include "tests/support/sip_messages.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

namespace messages = sip::messages;
using credential::refusal;

struct bad_sip {
    std::string_view name;
    std::string octets;
    int status;  // 0: closed without an answer
    std::string_view reason;
    bool lives;
    refusal counted_as = refusal::malformed;
};

void PrintTo(const bad_sip& each, std::ostream* out) {
    *out << each.name;
}

void expect_served(world& here, talk& line) {
    here.events.all.clear();
    EXPECT_EQ(only_reply(line.say(service(plain_body))).status, 200);
    EXPECT_EQ(here.only_event().what, event::kind::issued);
}

class BadSip : public testing::TestWithParam<bad_sip> {};

TEST_P(BadSip, GetsItsAnswerAndTheNextGoodRequestIsServed) {
    const auto& bad = GetParam();
    world here;
    talk line(here), neighbour(here);
    const auto octets = line.say(bad.octets);
    const auto event = here.only_event();
    if (bad.status == 0) {
        EXPECT_EQ(octets, "");
        EXPECT_EQ(event.what, event::kind::unknown_protocol);
    } else {
        const auto reply = only_reply(octets);
        EXPECT_EQ(reply.status, bad.status);
        EXPECT_EQ(reply.reason, bad.reason);
        EXPECT_EQ(reply.body, "");
        EXPECT_EQ(event.what, event::kind::request_refused);
        EXPECT_EQ(event.reason, bad.counted_as);
        EXPECT_EQ(event.status, bad.status);
        EXPECT_EQ(event.detail, bad.reason);
    }
    EXPECT_EQ(event.door, door::sip);
    EXPECT_EQ(line.closed(), !bad.lives);
    if (bad.lives) expect_served(here, line);
    expect_served(here, neighbour);
}

TEST_P(BadSip, GetsTheSameAnswerByteByByte) {
    world one, other;
    talk whole(one), pieces(other);
    EXPECT_EQ(pieces.spell(GetParam().octets), whole.say(GetParam().octets));
    EXPECT_EQ(pieces.closed(), whole.closed());
}

std::string no_length(std::string_view replacement) {
    return with(request("OPTIONS"), "Content-Length: 0\r\n", replacement);
}

std::string without(std::string_view line) {
    return with(request("OPTIONS"), line, "");
}

std::string many_headers(int count) {
    std::string lines;
    for (int i = 0; i < count; ++i) lines += "X: y\r\n";
    return lines;
}

INSTANTIATE_TEST_SUITE_P(
    NotSip, BadSip,
    testing::Values(
        bad_sip{"http", std::string(messages::http_get), 0, "", false},
        bad_sip{"binary", std::string("\x80\x01\x02", 3), 0, "", false},
        bad_sip{"colon", ": nothing", 0, "", false}, bad_sip{"lone CR", "\rOPTIONS", 0, "", false},
        bad_sip{"no Via", without("Via: SIP/2.0/TCP 127.0.0.1:40000;branch=z9hG4bKa1\r\n"), 0, "",
                false},
        bad_sip{"unreadable Via", with(request("OPTIONS"), "Via: SIP/2.0/TCP", "Via: SIP"), 0, "",
                false},
        bad_sip{"NUL in the head",
                with(request("OPTIONS"), "Call-ID: c1", std::string("Call-ID: c\0", 11)), 0, "",
                false}));

INSTANTIATE_TEST_SUITE_P(
    BadField, BadSip,
    testing::Values(
        bad_sip{"From", without("From: <sip:alice@example.test>;tag=f1\r\n"), 400,
                "Missing From Header", true},
        bad_sip{"To", without("To: <sip:mras@example.test>\r\n"), 400, "Missing To Header", true},
        bad_sip{"Call-ID", without("Call-ID: c1\r\n"), 400, "Missing Call-ID Header", true},
        bad_sip{"CSeq", without("CSeq: 1 OPTIONS\r\n"), 400, "Missing CSeq Header", true},
        bad_sip{"empty To", with(request("OPTIONS"), "To: <sip:mras@example.test>", "To:"), 400,
                "Missing To Header", true},
        bad_sip{"CSeq's method", with(request("OPTIONS"), "1 OPTIONS", "1 SERVICE"), 400,
                "CSeq Method Differs From Request Method", true},
        bad_sip{"CSeq's number", with(request("OPTIONS"), "1 OPTIONS", "-1 OPTIONS"), 400,
                "Malformed CSeq Header", true},
        bad_sip{"second Call-ID", request("OPTIONS", "i: c2\r\n"), 400,
                "Repeated From, To, Call-ID Or CSeq Header", true},
        bad_sip{"no colon", request("OPTIONS", "nonsense\r\n"), 400, "Malformed Header Line", true},
        bad_sip{"no request URI",
                with(request("OPTIONS"), "OPTIONS sip:mras@example.test", "OPTIONS"), 400,
                "Malformed Request-Line", true},
        bad_sip{"two request URIs", with(request("OPTIONS"), "OPTIONS sip", "OPTIONS a sip"), 400,
                "Malformed Request-Line", true}));

INSTANTIATE_TEST_SUITE_P(
    BadLength, BadSip,
    testing::Values(
        bad_sip{"missing", no_length(""), 400, "Missing Content-Length Header", false},
        bad_sip{"empty", no_length("Content-Length:\r\n"), 400, "Malformed Content-Length Header",
                false},
        bad_sip{"negative", no_length("Content-Length: -1\r\n"), 400,
                "Malformed Content-Length Header", false},
        bad_sip{"no number", no_length("l: 5x\r\n"), 400, "Malformed Content-Length Header", false},
        bad_sip{"huge", no_length("Content-Length: 18446744073709551617\r\n"), 400,
                "Malformed Content-Length Header", false},
        bad_sip{"two that differ", no_length("Content-Length: 0\r\nl: 1\r\n"), 400,
                "Content-Length Headers Differ", false},
        bad_sip{"over the limit", no_length("Content-Length: 524288\r\n"), 513, "Message Too Large",
                false, refusal::too_large},
        bad_sip{"header block", request("OPTIONS", "X: " + std::string(16'384, 'x') + "\r\n"), 513,
                "Header Block Too Large", false, refusal::too_large},
        bad_sip{"headers", request("OPTIONS", many_headers(95)), 513, "Too Many Headers", false,
                refusal::too_large}));

TEST(BadSipLimits, ExactlyTheLimitIsServed) {
    world here;
    talk line(here);
    EXPECT_EQ(only_reply(line.say(request("OPTIONS", many_headers(94)))).status, 200);
    const auto head = no_length("Content-Length: 524018\r\n");
    const auto length = 512 * 1024 - (head.size());
    const auto exact = with(head, "524018", std::to_string(length)) + std::string(length, 'x');
    ASSERT_EQ(exact.size(), 524'288u);
    EXPECT_EQ(only_reply(line.say(exact)).status, 200);
}

TEST(BadSipLimits, AnAckWhoseFramingIsLostIsNotAnsweredEither) {
    world here;
    talk line(here);
    EXPECT_EQ(line.say(with(request("ACK"), "Content-Length: 0\r\n", "")), "");
    EXPECT_TRUE(line.closed());
    EXPECT_EQ(here.only_event().reason, refusal::malformed);
}

TEST(BadSipLimits, AResponseWhoseFramingIsLostEndsTheConnectionWithoutAnAnswer) {
    world here;
    talk line(here);
    EXPECT_EQ(line.say(with(messages::ok_response, "Content-Length: 4", "Content-Length: x")), "");
    EXPECT_TRUE(line.closed());
    EXPECT_EQ(here.only_event().what, event::kind::unknown_protocol);
}

struct bad_xml {
    std::string_view name;
    std::string body;
};

void PrintTo(const bad_xml& each, std::ostream* out) {
    *out << each.name;
}

class BadXml : public testing::TestWithParam<bad_xml> {};

TEST_P(BadXml, IsAnsweredRequestMalformedWithoutEchoes) {
    world here;
    talk line(here);
    const auto reply = only_reply(line.say(service(GetParam().body)));
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.reason, "OK");
    EXPECT_EQ(reply.value("Content-Type"), "application/msrtc-media-relay-auth+xml");
    EXPECT_EQ(reply.body,
              "<?xml version=\"1.0\"?><response version=\"3.0\" serverVersion=\"3.0\""
              " reasonPhrase=\"Request Malformed\""
              " xmlns=\"http://schemas.microsoft.com/2006/09/sip/mrasp\"></response>");
    const auto event = here.only_event();
    EXPECT_EQ(event.what, event::kind::issue_refused);
    EXPECT_EQ(event.reason, refusal::malformed);
    const auto warning = reply.value("Warning");
    EXPECT_NE(warning.find("\"Request Malformed: " + event.detail + "; server clock "),
              std::string::npos)
        << warning;
    EXPECT_FALSE(line.closed());
    expect_served(here, line);
}

std::string changed(std::string_view old_part, std::string_view new_part) {
    return with(plain_body, old_part, new_part);
}

constexpr std::string_view element =
    "<credentialsRequest credentialsRequestID=\"8\"><identity>sip:alice@example.test</identity>"
    "</credentialsRequest>";

INSTANTIATE_TEST_SUITE_P(
    Shape, BadXml,
    testing::Values(
        bad_xml{"empty", ""}, bad_xml{"not well-formed", changed("</request>", "")},
        bad_xml{"not UTF-8", changed("sip:alice@example.test</", "sip:\xFF@e</")},
        bad_xml{"DOCTYPE", "<!DOCTYPE request>" + std::string(plain_body)},
        bad_xml{"wrong namespace", changed("2006/09", "2006/10")},
        bad_xml{"no namespace",
                changed(" xmlns=\"http://schemas.microsoft.com/2006/09/sip/mrasp\"", "")},
        bad_xml{"response", with(changed("<request ", "<response "), "</request>", "</response>")},
        bad_xml{"no credentialsRequest", changed(element, "")},
        bad_xml{"extra element", changed("</request>", "<more/></request>")},
        bad_xml{"text between", changed("</request>", "text</request>")},
        bad_xml{"extra attribute", changed("version=", "color=\"red\" version=")}));

INSTANTIATE_TEST_SUITE_P(
    Missing, BadXml,
    testing::Values(bad_xml{"requestID", changed("requestID=\"7\" ", "")},
                    bad_xml{"version", changed("version=\"2.0\" ", "")},
                    bad_xml{"to", changed("to=\"sip:mras@example.test\" ", "")},
                    bad_xml{"from", changed("from=\"sip:alice@example.test\" ", "")},
                    bad_xml{"credentialsRequestID", changed(" credentialsRequestID=\"8\"", "")},
                    bad_xml{"identity", changed("<identity>sip:alice@example.test</identity>", "")},
                    bad_xml{"misplaced identity",
                            changed("<identity>", "<duration>5</duration><identity>")},
                    bad_xml{"misplaced location", changed("</identity>",
                                                          "</identity><duration>5</duration>"
                                                          "<location>internet</location>")}));

INSTANTIATE_TEST_SUITE_P(
    Values, BadXml,
    testing::Values(
        bad_xml{"long requestID", changed("\"7\"", "\"" + std::string(65, '7') + "\"")},
        bad_xml{"long credentialsRequestID", changed("\"8\"", "\"" + std::string(65, '8') + "\"")},
        bad_xml{"to", changed("sip:mras@example.test", "http://example.test")},
        bad_xml{"from", changed("\"sip:alice@example.test\"", "\"alice\"")},
        bad_xml{"version", changed("2.0", "2")}, bad_xml{"long version", changed("2.0", "22.000")},
        bad_xml{"location", changed("</identity>", "</identity><location>moon</location>")},
        bad_xml{"route", changed("version=", "route=\"direct\" version=")},
        bad_xml{"duration 0", changed("</identity>", "</identity><duration>0</duration>")},
        bad_xml{"duration -1", changed("</identity>", "</identity><duration>-1</duration>")},
        bad_xml{"duration abc", changed("</identity>", "</identity><duration>abc</duration>")},
        bad_xml{"ten digits",
                changed("</identity>", "</identity><duration>1000000000</duration>")}));

}  // namespace
}  // namespace relayauth::session
