// What every answer on the SIP door carries (protocol notes 2.2).
#include "relayauth/session/sip_answer.hpp"

#include "sip_talk.hpp"
#include "talk.hpp"
#include "tests/support/sip_messages.hpp"

#include <gtest/gtest.h>

#include <set>

namespace relayauth::session {
namespace {

namespace messages = sip::messages;

TEST(SipAnswer, RepeatsWhatALync2010RequestCarries) {
    world here;
    connection served(remote("10.1.2.3", true), standing::may_mint);
    output out;
    auto octets = heap_copy(messages::lync_2010_service);
    ASSERT_FALSE(served.on_bytes(here.ctx, octets, now_2026, out));
    const auto reply = only_reply(out.bytes);

    EXPECT_EQ(reply.status, 200);
    const std::vector<std::string> vias = {
        "SIP/2.0/TLS 10.1.2.3:49301;branch=z9hG4bK5D2E9C31.8A1F0B7C6D5E4F30;branched=FALSE",
        "SIP/2.0/TLS 10.1.2.9:50873;ms-received-port=50873;ms-received-cid=1A2B00"};
    EXPECT_EQ(reply.values("Via"), vias);
    EXPECT_EQ(reply.value("From"),
              "\"Alice Example\"<sip:alice@example.test>;tag=3f1c9a7e52;epid=0a1b2c3d4e");
    EXPECT_EQ(reply.value("Call-ID"), "8c7b6a5948372615f4e3d2c1b0a99887");
    EXPECT_EQ(reply.value("CSeq"), "1 SERVICE");
    EXPECT_EQ(reply.value("Record-Route"),
              "<sip:fe.example.test:5061;transport=tls;opaque=state:T;lr>"
              ";tag=6AB4C2D8E0F1A3B5C7D9E1F2A4B6C8D0");
    EXPECT_EQ(reply.value("Content-Type"), "application/msrtc-media-relay-auth+xml");
    EXPECT_EQ(reply.value("Server"), "relayauth/9.8.7");
    EXPECT_EQ(reply.value("Date"), "Sun, 22 Nov 2026 09:30:54 GMT");
    EXPECT_TRUE(reply.values("Warning").empty());
    EXPECT_TRUE(reply.values("Contact").empty());
}

TEST(SipAnswer, RepeatsEveryRecordRouteInItsOrder) {
    world here;
    talk line(here);
    const auto reply = only_reply(line.say(
        request("OPTIONS", "Record-Route: <sip:b;lr>\r\nX: y\r\nRecord-Route: <sip:a;lr>\r\n")));
    EXPECT_EQ(reply.values("Record-Route"), (std::vector<std::string>{"<sip:b;lr>", "<sip:a;lr>"}));
}

TEST(SipAnswer, GivesEveryAnswerAToTagOfItsOwn) {
    world here;
    talk line(here), other(here);
    std::set<std::string> tags;
    std::string all;
    for (int i = 0; i < 100; ++i) {
        all += (i % 2 ? line : other).say(request(i % 3 ? "OPTIONS" : "INVITE"));
    }
    for (const auto& reply : sip_replies(all)) {
        const auto to = reply.value("To");
        const std::string_view begin = "<sip:mras@example.test>;tag=";
        ASSERT_EQ(to.substr(0, begin.size()), begin);
        ASSERT_EQ(to.size(), begin.size() + 16);
        tags.insert(to.substr(begin.size()));
    }
    EXPECT_EQ(tags.size(), 100u);
}

TEST(SipAnswer, KeepsAToTagThatIsThere) {
    world here;
    talk line(here);
    const auto asked =
        with(request("OPTIONS"), "To: <sip:mras@example.test>", "To: <sip:m@h>;epid=1;tag=t9");
    EXPECT_EQ(only_reply(line.say(asked)).value("To"), "<sip:m@h>;epid=1;tag=t9");
}

TEST(SipAnswer, ShowsTheTopViaWhereItCameFrom) {
    world here;
    talk line(here);
    const auto asked = with(request("OPTIONS"), "127.0.0.1:40000;branch", "fe.test;rport;branch");
    EXPECT_EQ(only_reply(line.say(asked)).value("Via"),
              "SIP/2.0/TCP fe.test;rport=40000;branch=z9hG4bKa1;received=127.0.0.1");
}

TEST(SipAnswer, SaysServerAndDateInRefusalsToo) {
    world here;
    talk line(here);
    const auto reply = only_reply(line.say(with(request("OPTIONS"), "Call-ID: c1\r\n", "")));
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.value("Server"), "relayauth/9.8.7");
    EXPECT_EQ(reply.value("Date"), "Sun, 22 Nov 2026 09:30:54 GMT");
    EXPECT_TRUE(reply.values("Call-ID").empty());
}

}  // namespace
}  // namespace relayauth::session
