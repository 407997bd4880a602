#include "relayauth/session/connection.hpp"

#include "rpc_talk.hpp"
#include "sip_talk.hpp"
#include "talk.hpp"
#include "tests/support/sip_messages.hpp"
#include "tests/unit/credential/hand_made.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

namespace hand_made = credential::hand_made;
namespace messages = sip::messages;

std::string three_messages() {
    return std::string(messages::lync_2010_service) + "\r\n\r\n" +
           std::string(messages::negotiate) + std::string(messages::sipe_service);
}

// Worlds of the same seed give the same tags, so even those must agree.
std::string answers_to(std::initializer_list<std::string_view> pieces) {
    world here;
    talk line(here);
    std::string all;
    for (const auto piece : pieces) all += line.say(piece);
    EXPECT_FALSE(line.closed());
    return all;
}

TEST(Connection, AnswersPipelinedRequestsInTheirOrderAtOnce) {
    const auto all = answers_to({three_messages()});
    const auto cut = all.find("\r\nSIP/2.0 405");
    ASSERT_NE(cut, std::string::npos) << "the pong stands between the answers";
    const auto first = only_reply(all.substr(0, cut));
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.value("Call-ID"), "8c7b6a5948372615f4e3d2c1b0a99887");
    const auto rest = sip_replies(all.substr(cut + 2));
    ASSERT_EQ(rest.size(), 2u);
    EXPECT_EQ(rest[0].value("Call-ID"), "0a0b0c0d0e0f");
    EXPECT_EQ(rest[1].value("Call-ID"), "0F1EgA2D3CiB4B5mC96A7o5D88x7E97t6A6Fb5x");
    EXPECT_EQ(rest[1].status, 200);
}

TEST(Connection, AnswersTheSameHoweverSipIsCutInTwo) {
    const auto stream = three_messages();
    const auto whole = answers_to({stream});
    for (std::size_t at = 1; at < stream.size(); ++at) {
        const std::string_view text = stream;
        ASSERT_EQ(answers_to({text.substr(0, at), text.substr(at)}), whole) << "cut at " << at;
    }
}

TEST(Connection, AnswersTheSameByteByByte) {
    world here;
    talk line(here);
    EXPECT_EQ(line.spell(three_messages()), answers_to({three_messages()}));
    EXPECT_FALSE(line.end().inside_message());
}

TEST(Connection, AnswersTheSameHoweverRpcIsCutInTwo) {
    const auto stream = std::string(preface) + issue(1) + server_info(2) + issue(3);
    const auto whole = answers_to({stream});
    ASSERT_EQ(rpc_replies(whole).size(), 3u);
    for (std::size_t at = 1; at < stream.size(); ++at) {
        const std::string_view text = stream;
        ASSERT_EQ(answers_to({text.substr(0, at), text.substr(at)}), whole) << "cut at " << at;
    }
    world here;
    talk line(here);
    EXPECT_EQ(line.spell(stream), whole);
}

TEST(Connection, SaysNothingToNothing) {
    world here;
    talk line(here);
    EXPECT_EQ(line.say(""), "");
    EXPECT_FALSE(line.end().inside_message());
    EXPECT_FALSE(line.end().progressed());
    EXPECT_EQ(only_reply(line.say(request("OPTIONS"))).status, 200);
}

TEST(Connection, TellsWhereItIsInAMessage) {
    const auto sip = request("OPTIONS"), rpc = std::string(preface) + server_info(1);
    for (const std::string_view text : {std::string_view(sip), std::string_view(rpc)}) {
        world here;
        talk line(here);
        line.say(text.substr(0, 5));
        EXPECT_TRUE(line.end().inside_message());
        EXPECT_FALSE(line.end().progressed());
        EXPECT_GE(line.end().buffered_bytes(), 5u);
        line.say(text.substr(5));
        EXPECT_FALSE(line.end().inside_message());
        EXPECT_TRUE(line.end().progressed());
        line.say("");
        EXPECT_FALSE(line.end().progressed());
    }
}

TEST(Connection, KnowsThatAnotherMessageBegan) {
    world here;
    talk line(here);
    line.say(request("OPTIONS") + "SERV");
    EXPECT_TRUE(line.end().progressed());
    EXPECT_TRUE(line.end().inside_message());

    talk rpc(here);
    rpc.say(std::string(preface) + server_info(1) + std::string(1, '\0'));
    EXPECT_TRUE(rpc.end().progressed());
    EXPECT_TRUE(rpc.end().inside_message());
}

TEST(Connection, AnRpcPeerThatSentItsPrefaceIsInsideNoMessage) {
    world here;
    talk line(here);
    line.say(preface);
    EXPECT_FALSE(line.end().inside_message());
    EXPECT_TRUE(line.end().progressed());
}

TEST(Connection, GivesABigBufferBackWhenItIsEmpty) {
    world here;
    talk line(here);
    const auto padded = request("OPTIONS", "X-Pad: " + std::string(10'000, 'x') + "\r\n");
    line.say(padded.substr(0, 9000));
    EXPECT_GE(line.end().buffered_bytes(), 9000u);
    EXPECT_EQ(only_reply(line.say(padded.substr(9000))).status, 200);
    EXPECT_LE(line.end().buffered_bytes(), 4096u);
}

TEST(Connection, ASmallOneKeepsNothingOfWholeMessages) {
    world here;
    talk line(here);
    line.say(three_messages());
    EXPECT_EQ(line.end().buffered_bytes(), 0u);
}

TEST(Connection, KnowsItsPeer) {
    world here;
    talk line(here);
}

// Certificates are read again on SIGHUP: the settings that a connection began with are then gone.
TEST(Connection, MintsWithTheNewKeyAfterTheSettingsWereReplaced) {
    world here;
    talk sip(here), rpc(here);
    sip.say(service(plain_body).substr(0, 300));
    rpc.say(preface);

    auto next = make_settings();
    next->keys = hand_made::ring_of(hand_made::minting(hand_made::key("newer", 1)),
                                    hand_made::verifying(hand_made::key()));
    here.ctx.replace(next);
    here.in_force.reset();

    EXPECT_EQ(only_reply(sip.say(service(plain_body).substr(300))).status, 200);
    EXPECT_EQ(here.only_event().key_id, "newer");
    EXPECT_EQ(credential_in(rpc.say(issue(1)), 1).key_id, "newer");
    EXPECT_EQ(here.only_event().key_id, "newer");
    EXPECT_EQ(only_reply(sip.say(request("OPTIONS"))).status, 200);
}

}  // namespace
}  // namespace relayauth::session
