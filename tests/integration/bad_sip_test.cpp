#include "bad_row.hpp"
#include "service_request.hpp"

#include <gtest/gtest.h>

// Each row of bad SIP: exact status and reason phrase, what becomes of the connection, the next
// good request, the log.
namespace relayauth::lab {
namespace {

std::string without(std::string_view line) {
    return service(good_body, replaced(good_lines, line, ""));
}

std::string with(std::string_view line, std::string_view other) {
    return service(good_body, replaced(good_lines, line, other));
}

// A SERVICE whose lines about its length are typed by the test.
std::string measured(std::string_view length_lines) {
    return std::string(good_lines) + "Content-Type: application/msrtc-media-relay-auth+xml\r\n" +
           std::string(length_lines) + "\r\n" + std::string(good_body);
}

bad_row refused(std::string name, std::string octets, std::string reason) {
    bad_row row;
    row.name = std::move(name);
    row.octets = std::move(octets);
    row.status = 400;
    row.reason = std::move(reason);
    row.log_line = "request_refused";
    row.counted = "request_refused_malformed";
    return row;
}

bad_row fatal(bad_row row, int status = 400) {
    row.lives = false;
    row.status = status;
    if (status == 513) row.counted = "request_refused_too_large";
    return row;
}

// Of a peer that does not speak SIP to us there is nothing to answer.
bad_row foreign(std::string name, std::string octets, std::string counted = "unknown_protocol") {
    bad_row row;
    row.name = std::move(name);
    row.octets = std::move(octets);
    row.lives = false;
    row.log_line = "unknown_protocol";
    row.counted = std::move(counted);
    return row;
}

class BadSip : public ::testing::TestWithParam<bad_row> {};

TEST_P(BadSip, IsAnsweredExactlyAndHarmsNobody) {
    check_row(GetParam());
}

const char* const cseq = "CSeq: 1 SERVICE\r\n";

INSTANTIATE_TEST_SUITE_P(
    Fields, BadSip,
    ::testing::Values(
        refused("NoFrom", without("From: <sip:alice@example.test>;tag=3f1c9a7e52\r\n"),
                "Missing From Header"),
        refused("NoTo", without("To: <sip:mras@example.test>\r\n"), "Missing To Header"),
        refused("NoCallId", without("Call-ID: 8c7b6a5948372615\r\n"), "Missing Call-ID Header"),
        refused("NoCSeq", without(cseq), "Missing CSeq Header"),
        refused("CSeqOfAnotherMethod", with(cseq, "CSeq: 1 OPTIONS\r\n"),
                "CSeq Method Differs From Request Method"),
        refused("CSeqWithoutNumber", with(cseq, "CSeq: one SERVICE\r\n"), "Malformed CSeq Header"),
        refused("CSeqOverTheLimit", with(cseq, "CSeq: 2147483648 SERVICE\r\n"),
                "CSeq Number Too Large"),
        refused("TwoFroms", with(cseq, "CSeq: 1 SERVICE\r\nFrom: <sip:eve@example.test>\r\n"),
                "Repeated From, To, Call-ID Or CSeq Header"),
        refused("BrokenStartLine",
                with("SERVICE sip:edge.example.test:5062;grid SIP/2.0", "SERVICE sip:edge"),
                "Malformed Request-Line"),
        refused("LineWithoutColon", with(cseq, "CSeq: 1 SERVICE\r\nno colon\r\n"),
                "Malformed Header Line")),
    [](const auto& each) { return name_of_row(each.param); });

INSTANTIATE_TEST_SUITE_P(
    Framing, BadSip,
    ::testing::Values(
        fatal(refused("NoContentLength", measured(""), "Missing Content-Length Header")),
        fatal(refused("NegativeContentLength", measured("Content-Length: -5\r\n"),
                      "Malformed Content-Length Header")),
        fatal(refused("HugeContentLength", measured("Content-Length: 99999999999999999999\r\n"),
                      "Malformed Content-Length Header")),
        fatal(refused("ContentLengthInWords", measured("Content-Length: many\r\n"),
                      "Malformed Content-Length Header")),
        fatal(refused("TwoContentLengths", measured("Content-Length: 5\r\nContent-Length: 6\r\n"),
                      "Content-Length Headers Differ")),
        fatal(refused("OverTheMessageLimit", measured("Content-Length: 524288\r\n"),
                      "Message Too Large"),
              513)),
    [](const auto& each) { return name_of_row(each.param); });

INSTANTIATE_TEST_SUITE_P(
    Strangers, BadSip,
    ::testing::Values(
        foreign("Prose", "hello there\r\n\r\n"),
        foreign("Http", "GET / HTTP/1.1\r\nHost: edge.example.test:5062\r\nAccept: */*\r\n\r\n"),
        foreign("BinaryNoise", std::string("\x01\x02\x03\x04\x05\x06", 6)),
        foreign("NulNoise", std::string("\0noise", 6), "unknown_protocol_malformed"),
        foreign("NoViaToAnswerTo",
                without("Via: SIP/2.0/TLS 192.0.2.7:50001;branch=z9hG4bK1A2B3C4D\r\n")),
        foreign("NulInAHeader", with(cseq, std::string("CSeq: 1\0SERVICE\r\n", 17)))),
    [](const auto& each) { return name_of_row(each.param); });

}  // namespace
}  // namespace relayauth::lab
