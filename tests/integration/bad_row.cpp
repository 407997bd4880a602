#include "bad_row.hpp"

#include "running_server.hpp"
#include "service_request.hpp"

#include <gtest/gtest.h>

namespace relayauth::lab {
namespace {

void check_xml(const bad_row& row, const sip_answer& answer) {
    EXPECT_EQ(answer.reason, "OK");
    EXPECT_EQ(answer.attribute("reasonPhrase"), row.reason) << answer.body;
    EXPECT_EQ(answer.header("Content-Type"), "application/msrtc-media-relay-auth+xml");
    EXPECT_EQ(answer.body.find("<username>"), std::string::npos);
    const auto warning = answer.header("Warning");
    EXPECT_EQ(warning.rfind("399 relayauth \"" + row.reason + ": ", 0), 0u) << warning;
    EXPECT_NE(warning.find("; server clock 20"), std::string::npos) << warning;
}

void check_answer(const bad_row& row, sip_peer& peer) {
    const auto answer = peer.answer();
    ASSERT_TRUE(answer) << "no answer; unread: " << peer.unread();
    EXPECT_EQ(answer->status, row.status);
    if (!row.header.empty()) {
        const auto name = row.header.substr(0, row.header.find(':'));
        EXPECT_EQ(name + ": " + answer->header(name), row.header);
    }
    if (row.xml) return check_xml(row, *answer);
    EXPECT_EQ(answer->reason, row.reason);
    EXPECT_EQ(answer->body, "");
    EXPECT_EQ(answer->header("Content-Type"), "");
}

void expect_served(sip_peer& peer) {
    const auto answer = peer.ask(service());
    ASSERT_TRUE(answer) << "the next good request has no answer";
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->attribute("reasonPhrase"), "OK");
}

void check_once(const bad_row& row, const running_server& server, sip_peer peer,
                sip_peer next_peer) {
    // A neighbour that is in the middle of a message must not notice.
    auto neighbour = server.tcp();
    const auto whole = service();
    ASSERT_TRUE(neighbour.send(whole.substr(0, 100)));

    ASSERT_TRUE(peer.send(row.octets));
    if (row.status != 0) check_answer(row, peer);
    if (row.lives) {
        expect_served(peer);
    } else {
        EXPECT_TRUE(peer.is_closed());
        EXPECT_EQ(peer.unread(), "") << "it is answered, and should not be";
        expect_served(next_peer);
    }
    if (!row.log_line.empty()) {
        EXPECT_NE(server.wait_for_line({"peer=" + peer.name() + " ", row.log_line}), "")
            << server.log();
    }
    ASSERT_TRUE(neighbour.send(whole.substr(100)));
    const auto answer = neighbour.answer();
    EXPECT_TRUE(answer && answer->status == 200);
}

}  // namespace

void check_row(const bad_row& row) {
    running_server server({"--workers", "1"});
    {
        SCOPED_TRACE("plain text");
        check_once(row, server, server.tcp(), server.tcp());
    }
    {
        SCOPED_TRACE("TLS");
        check_once(row, server, server.tls(), server.tls());
    }
    const auto last = server.stop();
    if (!row.counted.empty()) {
        EXPECT_NE((last + " ").find(" " + row.counted + "=2 "), std::string::npos) << last;
    }
}

}  // namespace relayauth::lab
