#include "relayauth/sip/response.hpp"

#include "tests/support/sip_messages.hpp"
#include "tests/unit/sip/feed.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace relayauth::sip {
namespace {

const source peer = {"192.0.2.1", 40001};

response_head ok_head() {
    response_head head;
    head.reason = "OK";
    head.to_tag = "srv";
    head.server = "relayauth/0.1";
    head.date = "Sun, 22 Nov 2026 09:30:54 GMT";
    head.content_type = "text/xml";
    return head;
}

// written gives the head of an answer and its body.
std::string written(const request& asked, const source& from, response_head head,
                    std::string_view body) {
    head.body_size = body.size();
    text_buffer out;
    write_response_head(out, asked, from, head);
    return std::string(out.text()).append(body);
}

// answer_to frames and reads `message` and writes the answer to it.
std::string answer_to(std::string_view message, const source& from, const response_head& head,
                      std::string_view body = {}) {
    const framed one(message);
    EXPECT_TRUE(one.is_whole()) << message;
    const auto parsed = parse_request(one.table());
    return written(parsed.value, from, head, body);
}

// vias_for gives the Via lines of the answer to a request with the header lines `vias`.
std::string vias_for(std::string_view vias, const source& from = peer) {
    const auto out =
        answer_to("OPTIONS a SIP/2.0\r\n" + std::string(vias) + "l:0\r\n\r\n", from, {});
    const auto begin = out.find("\r\n") + 2;
    return out.substr(begin, out.find("Content-Length") - begin);
}

TEST(SipResponse, AnswersALyncClientWithAllThatItSent) {
    auto head = ok_head();
    head.extra_lines = "X-One: 1\r\nX-Two: 2\r\n";
    EXPECT_EQ(
        answer_to(messages::lync_2010_service, {"10.1.2.3", 49301}, head, "<response/>"),
        "SIP/2.0 200 OK\r\n"
        "Via: SIP/2.0/TLS 10.1.2.3:49301;branch=z9hG4bK5D2E9C31.8A1F0B7C6D5E4F30;branched=FALSE\r\n"
        "Via: SIP/2.0/TLS 10.1.2.9:50873;ms-received-port=50873;ms-received-cid=1A2B00\r\n"
        "From: \"Alice Example\"<sip:alice@example.test>;tag=3f1c9a7e52;epid=0a1b2c3d4e\r\n"
        "To: <sip:edge.example.test@example.test;gruu;opaque=srvr:MRAS:AAECAwQFBgcICQoLDA0ODwAA>"
        ";tag=srv\r\n"
        "Call-ID: 8c7b6a5948372615f4e3d2c1b0a99887\r\n"
        "CSeq: 1 SERVICE\r\n"
        "Record-Route: <sip:fe.example.test:5061;transport=tls;opaque=state:T;lr>"
        ";tag=6AB4C2D8E0F1A3B5C7D9E1F2A4B6C8D0\r\n"
        "Server: relayauth/0.1\r\n"
        "Date: Sun, 22 Nov 2026 09:30:54 GMT\r\n"
        "X-One: 1\r\n"
        "X-Two: 2\r\n"
        "Content-Type: text/xml\r\n"
        "Content-Length: 11\r\n"
        "\r\n"
        "<response/>");
}

TEST(SipResponse, AppendsToWhatIsThere) {
    const framed one(messages::short_options);
    const auto parsed = parse_request(one.table());
    text_buffer out;
    out.put("first");
    write_response_head(out, parsed.value, peer, ok_head());
    EXPECT_TRUE(out.text().starts_with("firstSIP/2.0 200 OK\r\n"));
}

TEST(SipResponse, WritesNoContentTypeWithoutABody) {
    EXPECT_EQ(answer_to(messages::short_options, peer, ok_head()),
              "SIP/2.0 200 OK\r\n"
              "Via: SIP/2.0/TCP 192.0.2.1:5060\r\n"
              "From: <sip:monitor@example.test>;tag=m1\r\n"
              "To: <sip:mras>;tag=srv\r\n"
              "Call-ID: ping-1\r\n"
              "CSeq: 2 OPTIONS\r\n"
              "Server: relayauth/0.1\r\n"
              "Date: Sun, 22 Nov 2026 09:30:54 GMT\r\n"
              "Content-Length: 0\r\n"
              "\r\n");
}

TEST(SipResponse, LeavesOutWhatTheRequestLacks) {
    response_head head;
    head.status = 400;
    head.reason = "Missing From Header";
    head.to_tag = "srv";
    EXPECT_EQ(
        answer_to("SERVICE a SIP/2.0\r\nv: SIP/2.0/TLS 192.0.2.1\r\nl: 0\r\n\r\n", peer, head),
        "SIP/2.0 400 Missing From Header\r\n"
        "Via: SIP/2.0/TLS 192.0.2.1\r\n"
        "Content-Length: 0\r\n"
        "\r\n");
}

TEST(SipResponse, AnswersFromATableThatBroke) {
    const framed one(
        "SERVICE a SIP/2.0\r\nVia: SIP/2.0/TLS 192.0.2.1\r\ni: c1\r\nTo: x\ry\r\n\r\n");
    ASSERT_EQ(one.got().kind, step::kind::broken);
    EXPECT_EQ(written(parse_request(one.table()).value, peer, {}, {}),
              "SIP/2.0 200 \r\nVia: SIP/2.0/TLS 192.0.2.1\r\nCall-ID: c1\r\n"
              "Content-Length: 0\r\n\r\n");
}

TEST(SipResponse, EchoesViasInOrderAndUnchanged) {
    EXPECT_EQ(
        vias_for("Via: SIP/2.0/TLS 192.0.2.1;a\r\nX: 1\r\nv: SIP/2.0/TCP x;rport;b\r\nY: 2\r\n"
                 "VIA: junk\r\nvia:SIP / 2.0 / UDP\r\n y;received=1\r\n"),
        "Via: SIP/2.0/TLS 192.0.2.1;a\r\nVia: SIP/2.0/TCP x;rport;b\r\nVia: junk\r\n"
        "Via: SIP / 2.0 / UDP\r\n y;received=1\r\n");
}

TEST(SipResponse, EchoesCommaJoinedViasAsTheyStand) {
    EXPECT_EQ(
        vias_for("Via: SIP/2.0/TLS 192.0.2.1;x=\",\" , SIP/2.0/TLS b;rport,SIP/2.0/TLS c\r\n"),
        "Via: SIP/2.0/TLS 192.0.2.1;x=\",\" , SIP/2.0/TLS b;rport,SIP/2.0/TLS c\r\n");
}

TEST(SipResponse, AddsReceivedWhenTheHostIsNotTheSource) {
    EXPECT_EQ(vias_for("Via: SIP/2.0/TLS fe.test:5061;branch=z\r\n"),
              "Via: SIP/2.0/TLS fe.test:5061;branch=z;received=192.0.2.1\r\n");
    EXPECT_EQ(vias_for("Via: SIP/2.0/TLS 192.0.2.11\r\n"),
              "Via: SIP/2.0/TLS 192.0.2.11;received=192.0.2.1\r\n");
    EXPECT_EQ(vias_for("Via: SIP/2.0/TLS a;x=1,SIP/2.0/TLS b\r\n"),
              "Via: SIP/2.0/TLS a;x=1;received=192.0.2.1,SIP/2.0/TLS b\r\n");
}

TEST(SipResponse, AddsNoReceivedWhenTheHostIsTheSource) {
    EXPECT_EQ(vias_for("Via: SIP/2.0/TLS 192.0.2.1:9;x\r\n"), "Via: SIP/2.0/TLS 192.0.2.1:9;x\r\n");
    EXPECT_EQ(vias_for("Via: SIP/2.0/TLS [2001:DB8::1]:5061\r\n", {"2001:db8::1", 1}),
              "Via: SIP/2.0/TLS [2001:DB8::1]:5061\r\n");
    EXPECT_EQ(vias_for("Via: SIP/2.0/TLS [2001:db8::2]\r\n", {"2001:db8::1", 1}),
              "Via: SIP/2.0/TLS [2001:db8::2];received=2001:db8::1\r\n");
}

TEST(SipResponse, LeavesAReceivedThatIsThere) {
    EXPECT_EQ(vias_for("Via: SIP/2.0/TLS a;received=10.0.0.1\r\n"),
              "Via: SIP/2.0/TLS a;received=10.0.0.1\r\n");
    EXPECT_EQ(vias_for("Via: SIP/2.0/TLS a;received=10.0.0.1;rport;x\r\n"),
              "Via: SIP/2.0/TLS a;received=10.0.0.1;rport=40001;x\r\n");
}

TEST(SipResponse, FillsAnEmptyRportAndThenAddsReceived) {
    EXPECT_EQ(vias_for("Via: SIP/2.0/TLS 192.0.2.1;rport;branch=z\r\n"),
              "Via: SIP/2.0/TLS 192.0.2.1;rport=40001;branch=z;received=192.0.2.1\r\n");
    EXPECT_EQ(vias_for("Via: SIP/2.0/TLS a;rport,SIP/2.0/TLS b;rport\r\n"),
              "Via: SIP/2.0/TLS a;rport=40001;received=192.0.2.1,SIP/2.0/TLS b;rport\r\n");
    EXPECT_EQ(vias_for("Via: SIP/2.0/TLS a;rport\r\n", {"::1", 65535}),
              "Via: SIP/2.0/TLS a;rport=65535;received=::1\r\n");
}

TEST(SipResponse, LeavesAnRportWithAValue) {
    EXPECT_EQ(vias_for("Via: SIP/2.0/TLS 192.0.2.1;rport=7\r\n"),
              "Via: SIP/2.0/TLS 192.0.2.1;rport=7\r\n");
}

TEST(SipResponse, EchoesAViaThatCannotBeReadUnchanged) {
    EXPECT_EQ(vias_for("Via: junk;rport\r\nVia: SIP/2.0/TLS a;rport\r\n"),
              "Via: junk;rport\r\nVia: SIP/2.0/TLS a;rport\r\n");
}

TEST(SipResponse, KeepsATagThatToHas) {
    const auto to_in = [](std::string_view to) {
        const auto out = answer_to(
            "OPTIONS a SIP/2.0\r\nTo: " + std::string(to) + "\r\nl:0\r\n\r\n", peer, ok_head());
        const auto begin = out.find("To: ") + 4;
        return out.substr(begin, out.find("\r\nServer") - begin);
    };
    EXPECT_EQ(to_in("<sip:a>;tag=mine"), "<sip:a>;tag=mine");
    EXPECT_EQ(to_in("<sip:a>\r\n ;x;tag=mine"), "<sip:a>\r\n ;x;tag=mine");
    EXPECT_EQ(to_in("<sip:a;tag=uri>"), "<sip:a;tag=uri>;tag=srv");
    EXPECT_EQ(to_in("\"A;tag=1\" <sip:a>"), "\"A;tag=1\" <sip:a>;tag=srv");
    EXPECT_EQ(to_in("sip:a"), "sip:a;tag=srv");
}

TEST(SipResponse, RepeatsEveryRecordRoute) {
    const auto out = answer_to(
        "OPTIONS a SIP/2.0\r\nRecord-Route: <sip:1;lr>\r\nX: y\r\nrecord-route: <sip:2;lr>,\r\n"
        " <sip:3;lr>\r\nl:0\r\n\r\n",
        peer, {});
    EXPECT_EQ(out,
              "SIP/2.0 200 \r\nRecord-Route: <sip:1;lr>\r\nRecord-Route: <sip:2;lr>,\r\n"
              " <sip:3;lr>\r\nContent-Length: 0\r\n\r\n");
}

TEST(SipResponse, KnowsTheStandardPhrases) {
    EXPECT_EQ(to_reason(200), "OK");
    EXPECT_EQ(to_reason(400), "Bad Request");
    EXPECT_EQ(to_reason(403), "Forbidden");
    EXPECT_EQ(to_reason(405), "Method Not Allowed");
    EXPECT_EQ(to_reason(415), "Unsupported Media Type");
    EXPECT_EQ(to_reason(420), "Bad Extension");
    EXPECT_EQ(to_reason(481), "Call/Transaction Does Not Exist");
    EXPECT_EQ(to_reason(501), "Not Implemented");
    EXPECT_EQ(to_reason(503), "Service Unavailable");
    EXPECT_EQ(to_reason(505), "Version Not Supported");
    EXPECT_EQ(to_reason(513), "Message Too Large");
    EXPECT_EQ(to_reason(999), "Unknown");
}

TEST(SipResponse, ReadsAnAnswer) {
    const framed one(messages::ok_response);
    const auto got = parse_response(one.table());
    ASSERT_TRUE(got);
    EXPECT_EQ(got->status, 200);
    EXPECT_EQ(got->reason, "OK");
    EXPECT_EQ(got->call_id, "c9");
    EXPECT_EQ(got->cseq, "5 SERVICE");
    EXPECT_EQ(got->content_type, "text/xml");
    EXPECT_EQ(got->date, "Sun, 22 Nov 2026 09:30:54 GMT");
    EXPECT_EQ(got->warning, "399 mras \"Forbidden\"");
    EXPECT_EQ(one.body(), "<a/>");
}

// status_in is 0 where the start line is no status line.
int status_in(const std::string& start_line) {
    const framed one(start_line + "\r\nl: 0\r\n\r\n");
    EXPECT_TRUE(one.is_whole()) << start_line;
    const auto got = parse_response(one.table());
    return got ? got->status : 0;
}

TEST(SipResponse, ReadsStatusLinesWithAnyReason) {
    EXPECT_EQ(status_in("SIP/2.0 404 Not Found"), 404);
    EXPECT_EQ(status_in("SIP/2.0 100 "), 100);
    EXPECT_EQ(status_in("SIP/2.0 699"), 699);
    EXPECT_EQ(status_in("sip/2.0 200 \xC3\xA9t\xC3\xA9 200"), 200);
}

TEST(SipResponse, RefusesAStatusLineThatIsNone) {
    for (const auto* line :
         {"SERVICE sip:a SIP/2.0", "SIP/2.0", "SIP/2.0 ", "SIP/2.0 OK", "SIP/2.0 2", "SIP/2.0 20",
          "SIP/2.0 20 OK", "SIP/2.0 2000 OK", "SIP/2.0 099 Low", "SIP/2.0 000 Zero",
          "SIP/2.0 -12 OK", "SIP/2.0 +20 OK", "SIP/2.0  200 OK", "SIP/2.0 200OK", "SIP/2.0 20x OK",
          "SIP/2.0 0200 OK", "SIP/2.0 99999999999 OK", "SIP/2.1 200 OK", "HTTP/1.1 200 OK"}) {
        EXPECT_EQ(status_in(line), 0) << line;
    }
}

}  // namespace
}  // namespace relayauth::sip
