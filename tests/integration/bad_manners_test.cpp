#include "bad_row.hpp"
#include "running_server.hpp"
#include "service_request.hpp"

#include <gtest/gtest.h>

#include <signal.h>

// Requests that are well-formed SIP and still not what this service is for.
namespace relayauth::lab {
namespace {

// A request of another method, without a body.
std::string other(std::string_view method) {
    auto lines = replaced(good_lines, "SERVICE", method);
    return replaced(lines, "1 SERVICE", "1 " + std::string(method)) + "Content-Length: 0\r\n\r\n";
}

std::string typed(std::string_view content_type_line, std::string_view body) {
    return std::string(good_lines) + std::string(content_type_line) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

bad_row row(std::string name, std::string octets, int status, std::string reason,
            std::string header = {}, std::string counted = "request_refused_malformed") {
    bad_row made;
    made.name = std::move(name);
    made.octets = std::move(octets);
    made.status = status;
    made.reason = std::move(reason);
    made.header = std::move(header);
    made.log_line = "request_refused";
    made.counted = std::move(counted);
    return made;
}

class BadManners : public ::testing::TestWithParam<bad_row> {};

TEST_P(BadManners, AreAnsweredExactlyAndHarmNobody) {
    check_row(GetParam());
}

const char* const accept_line = "Accept: application/msrtc-media-relay-auth+xml";

INSTANTIATE_TEST_SUITE_P(
    All, BadManners,
    ::testing::Values(
        row("WrongContentType", typed("Content-Type: text/plain\r\n", good_body), 415,
            "Unsupported Media Type", accept_line),
        row("BodyWithoutContentType", typed("", good_body), 415, "Unsupported Media Type",
            accept_line),
        row("NoBodyAtAll", typed("", ""), 400, "Missing Body"),
        row("Negotiate", other("NEGOTIATE"), 405, "Method Not Allowed", "Allow: SERVICE, OPTIONS"),
        row("Register", other("REGISTER"), 405, "Method Not Allowed", "Allow: SERVICE, OPTIONS"),
        row("UnknownMethod", other("DANCE"), 501, "Not Implemented", "Allow: SERVICE, OPTIONS"),
        row("OtherSipVersion",
            service(good_body, replaced(good_lines, "SIP/2.0\r\n", "SIP/3.0\r\n")), 505,
            "Version Not Supported", "", "request_refused_unsupported_version"),
        row("RequiredExtension",
            service(good_body, replaced(good_lines, "CSeq", "Require: 100rel, teleport\r\nCSeq")),
            420, "Bad Extension", "Unsupported: 100rel, teleport",
            "request_refused_unsupported_version")),
    [](const auto& each) { return name_of_row(each.param); });

TEST(GoodManners, OptionsIsAnsweredWithWhatWeDo) {
    const running_server server;
    auto peer = server.tcp();
    const auto answer = peer.ask(other("OPTIONS"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->header("Allow"), "SERVICE, OPTIONS");
    EXPECT_EQ(answer->header("Accept"), "application/msrtc-media-relay-auth+xml");
}

TEST(GoodManners, CancelHasNothingToCancel) {
    const running_server server;
    auto peer = server.tcp();
    const auto answer = peer.ask(other("CANCEL"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 481);
    const auto next = peer.ask(service());
    EXPECT_TRUE(next && next->status == 200);
}

TEST(GoodManners, AckAndResponsesAreNotAnswered) {
    running_server server;
    auto peer = server.tcp();
    const std::string response =
        "SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP 192.0.2.1\r\nContent-Length: 0\r\n\r\n";
    const auto answer = peer.ask(other("ACK") + response + numbered(7));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->header("CSeq"), "7 SERVICE");
    EXPECT_NE(server.stop().find(" response_ignored=1"), std::string::npos);
}

TEST(GoodManners, LineBreaksBetweenMessagesAreSkippedAndADoubleOneIsAnswered) {
    const running_server server;
    auto peer = server.tcp();
    const auto answer = peer.ask("\r\n" + numbered(7));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    ASSERT_TRUE(peer.send("\r\n\r\n"));
    ASSERT_TRUE(peer.receive(2));
    EXPECT_EQ(peer.unread(), "\r\n");
}

// The server finds the requests and the end in one read, which it is kept from until both are
// there.
TEST(GoodManners, AClientThatSendsNoMoreStillGetsItsAnswers) {
    running_server server;
    for (auto make : {&sip_peer::over_tcp, &sip_peer::over_tls}) {
        auto peer = make(server.port());
        ASSERT_TRUE(peer.ask(numbered(1)));
        server.process().signal(SIGSTOP);
        ASSERT_TRUE(peer.send(numbered(2) + numbered(3)));
        peer.carrier().half_close();
        server.process().signal(SIGCONT);
        for (const auto* cseq : {"2 SERVICE", "3 SERVICE"}) {
            const auto answer = peer.answer();
            ASSERT_TRUE(answer);
            EXPECT_EQ(answer->header("CSeq"), cseq);
        }
        EXPECT_TRUE(peer.is_closed());
    }
}

}  // namespace
}  // namespace relayauth::lab
