// SIP manners (protocol notes 2.2, 2.4 and 8) of a peer that may mint.
#include "relayauth/session/sip_session.hpp"

#include "rpc_talk.hpp"
#include "sip_talk.hpp"
#include "talk.hpp"
#include "tests/support/sip_messages.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

namespace messages = sip::messages;
using credential::refusal;

// SipSession checks after every test that its connection lives and serves.
class SipSession : public testing::Test {
protected:
    sip_reply ask(std::string_view octets) { return only_reply(line_.say(octets)); }

    void TearDown() override {
        here_.events.all.clear();
        const auto good = ask(service(plain_body));
        EXPECT_EQ(good.status, 200);
        EXPECT_EQ(here_.only_event().what, event::kind::issued);
        EXPECT_FALSE(line_.closed());
    }

    void expect_refused(refusal reason, int status) {
        const auto event = here_.only_event();
        EXPECT_EQ(event.what, event::kind::request_refused);
        EXPECT_EQ(event.door, door::sip);
        EXPECT_EQ(event.reason, reason);
        EXPECT_EQ(event.status, status);
        EXPECT_NE(event.detail, "");
    }

    world here_;
    talk line_{here_};
};

TEST_F(SipSession, NeverAnswersAnAck) {
    EXPECT_EQ(line_.say(request("ACK")), "");
    EXPECT_EQ(line_.say(request("ACK", "Require: 100rel\r\n")), "");
    EXPECT_EQ(line_.say(with(request("ACK"), "Call-ID: c1\r\n", "")), "");
    EXPECT_EQ(line_.say(with(request("ACK"), "SIP/2.0\r\nVia", "SIP/3.0\r\nVia")), "");
    EXPECT_TRUE(here_.events.all.empty());
}

TEST_F(SipSession, AnswersCancelWith481WhateverItRequires) {
    EXPECT_EQ(ask(request("CANCEL")).status, 481);
    const auto reply = ask(request("CANCEL", "Require: 100rel\r\n"));
    EXPECT_EQ(reply.status, 481);
    EXPECT_EQ(reply.reason, "Call/Transaction Does Not Exist");
    EXPECT_EQ(reply.body, "");
}

TEST_F(SipSession, TellsOptionsWhatItTakes) {
    const auto reply = ask(request("OPTIONS", "Max-Forwards: 0\r\n"));
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.reason, "OK");
    EXPECT_EQ(reply.value("Allow"), "SERVICE, OPTIONS");
    EXPECT_EQ(reply.value("Accept"), "application/msrtc-media-relay-auth+xml");
    EXPECT_EQ(reply.body, "");
    EXPECT_TRUE(reply.values("Content-Type").empty());
    EXPECT_TRUE(here_.events.all.empty());
}

TEST_F(SipSession, RefusesOtherKnownMethodsWith405AndAllow) {
    for (const auto method : {"INVITE", "BYE", "REGISTER", "INFO", "PRACK", "UPDATE", "SUBSCRIBE",
                              "NOTIFY", "MESSAGE", "REFER", "PUBLISH", "NEGOTIATE", "BENOTIFY"}) {
        const auto reply = ask(request(method));
        EXPECT_EQ(reply.status, 405) << method;
        EXPECT_EQ(reply.reason, "Method Not Allowed");
        EXPECT_EQ(reply.value("Allow"), "SERVICE, OPTIONS");
        expect_refused(refusal::malformed, 405);
    }
    EXPECT_EQ(ask(messages::negotiate).status, 405);
    EXPECT_EQ(ask(messages::compact_message).status, 405);
    here_.events.all.clear();
}

TEST_F(SipSession, RefusesUnknownMethodsWith501) {
    for (const auto method : {"FETCH", "service", "Options", "SERVICES"}) {
        const auto reply = ask(request(method));
        EXPECT_EQ(reply.status, 501) << method;
        EXPECT_EQ(reply.reason, "Not Implemented");
        expect_refused(refusal::malformed, 501);
    }
}

TEST_F(SipSession, ListsEveryExtensionThatItDoesNotKnow) {
    const auto asked =
        with(service(plain_body), "Call-ID: c1\r\n",
             "Call-ID: c1\r\nRequire: ms-a, ms-b\r\nrequire:\r\nREQUIRE: 100rel\r\n");
    const auto reply = ask(asked);
    EXPECT_EQ(reply.status, 420);
    EXPECT_EQ(reply.reason, "Bad Extension");
    EXPECT_EQ(reply.value("Unsupported"), "ms-a, ms-b, 100rel");
    EXPECT_EQ(reply.body, "");
    expect_refused(refusal::unsupported_version, 420);
    EXPECT_EQ(ask(request("OPTIONS", "Require: timer\r\n")).value("Unsupported"), "timer");
    expect_refused(refusal::unsupported_version, 420);
}

TEST_F(SipSession, LooksAtTheMethodBeforeItLooksAtRequire) {
    EXPECT_EQ(ask(request("INVITE", "Require: timer\r\n")).status, 405);
    EXPECT_EQ(ask(request("FETCH", "Require: timer\r\n")).status, 501);
    here_.events.all.clear();
}

TEST_F(SipSession, AnswersAnotherSipVersionWith505) {
    const auto reply = ask(with(request("OPTIONS"), "SIP/2.0\r\nVia", "SIP/3.0\r\nVia"));
    EXPECT_EQ(reply.status, 505);
    EXPECT_EQ(reply.reason, "Version Not Supported");
    expect_refused(refusal::unsupported_version, 505);
}

TEST_F(SipSession, TakesCSeqNumbersBelow2To31) {
    for (const auto number : {"0", "2147483647"}) {
        const auto asked = with(request("OPTIONS"), "1 OPTIONS", std::string(number) + " OPTIONS");
        const auto reply = ask(asked);
        EXPECT_EQ(reply.status, 200) << number;
        EXPECT_EQ(reply.value("CSeq"), std::string(number) + " OPTIONS");
    }
    for (const auto number : {"2147483648", "4294967297", "99999999999999999999"}) {
        const auto asked = with(request("OPTIONS"), "1 OPTIONS", std::string(number) + " OPTIONS");
        const auto reply = ask(asked);
        EXPECT_EQ(reply.status, 400) << number;
        EXPECT_EQ(reply.reason, "CSeq Number Too Large");
        expect_refused(refusal::malformed, 400);
    }
}

TEST_F(SipSession, IgnoresAndCountsResponses) {
    EXPECT_EQ(line_.say(messages::ok_response), "");
    EXPECT_EQ(here_.only_event().what, event::kind::response_ignored);
}

TEST_F(SipSession, AnswersADoubleCrlfWithACrlfAndASingleOneNot) {
    EXPECT_EQ(line_.say("\r\n\r\n"), "\r\n");
    EXPECT_EQ(line_.say("\r\n"), "");
    EXPECT_EQ(line_.say("\r\n"), "\r\n");
    EXPECT_EQ(line_.say("\r\n\r\n\r\n\r\n"), "\r\n\r\n");
    EXPECT_EQ(ask("\r\n" + request("OPTIONS")).status, 200);
    EXPECT_TRUE(here_.events.all.empty());
}

TEST_F(SipSession, ServesAnyRequestUri) {
    for (const auto uri :
         {"sip:edge.example.test:5062;grid", "sips:[2001:db8::1]", "tel:+1", "x"}) {
        const auto asked = with(service(plain_body), "SERVICE sip:mras@example.test",
                                std::string("SERVICE ") + uri);
        EXPECT_EQ(ask(asked).status, 200) << uri;
        EXPECT_EQ(here_.only_event().what, event::kind::issued);
    }
}

TEST_F(SipSession, ServesWhatRealClientsSend) {
    for (const auto message : {messages::lync_2010_service, messages::sipe_service}) {
        const auto reply = ask(message);
        EXPECT_EQ(reply.status, 200);
        EXPECT_NE(reply.body.find("reasonPhrase=\"OK\""), std::string::npos);
        EXPECT_EQ(here_.only_event().what, event::kind::issued);
    }
}

TEST_F(SipSession, TellsARequestWithoutABodyApartFromOneWithABadBody) {
    const auto bodyless = ask(request("SERVICE"));
    EXPECT_EQ(bodyless.status, 400);
    EXPECT_EQ(bodyless.reason, "Missing Body");
    EXPECT_EQ(bodyless.body, "");
    expect_refused(refusal::malformed, 400);

    const auto empty = ask(service(""));
    EXPECT_EQ(empty.status, 200);
    EXPECT_NE(empty.body.find("reasonPhrase=\"Request Malformed\""), std::string::npos);
    EXPECT_EQ(here_.only_event().what, event::kind::issue_refused);
}

TEST_F(SipSession, AnswersAnotherContentTypeWith415AndAccept) {
    const std::string type = "Content-Type: application/msrtc-media-relay-auth+xml\r\n";
    for (const auto other : {"Content-Type: application/sdp\r\n", "Content-Type:\r\n", "",
                             "Content-Type: application/msrtc-media-relay-auth+xmlx\r\n"}) {
        const auto reply = ask(with(service(plain_body), type, other));
        EXPECT_EQ(reply.status, 415) << other;
        EXPECT_EQ(reply.reason, "Unsupported Media Type");
        EXPECT_EQ(reply.value("Accept"), "application/msrtc-media-relay-auth+xml");
        EXPECT_EQ(reply.body, "");
        EXPECT_TRUE(reply.values("Content-Type").empty());
        expect_refused(refusal::malformed, 415);
    }
    EXPECT_EQ(ask(request("SERVICE", "Content-Type: text/plain\r\n")).status, 415);
    here_.events.all.clear();
}

TEST_F(SipSession, TakesTheContentTypeInAnyCaseAndWithParameters) {
    for (const auto type : {"APPLICATION/MSRTC-Media-Relay-Auth+XML",
                            "application/msrtc-media-relay-auth+xml ; charset=utf-8"}) {
        const auto asked =
            with(service(plain_body), "application/msrtc-media-relay-auth+xml", type);
        EXPECT_EQ(ask(asked).status, 200) << type;
        here_.events.all.clear();
    }
}

TEST_F(SipSession, TakesTwoEqualContentLengths) {
    EXPECT_EQ(ask(request("OPTIONS", "Content-Length: 0\r\n")).status, 200);
}

TEST(SipSessionAfterAnRpcPreface, IsNoSip) {
    world here;
    talk line(here);
    line.say(preface);
    const auto refused = refusal_in(line.say(request("OPTIONS")), 0);
    EXPECT_EQ(refused.why, rpc::reason::too_large) << "`OPTI` is no length";
    EXPECT_TRUE(line.closed());
}

}  // namespace
}  // namespace relayauth::session
