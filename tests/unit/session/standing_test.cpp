// Who gets which refusal (protocol notes 8), on both doors.
#include "rpc_talk.hpp"
#include "sip_talk.hpp"
#include "talk.hpp"
#include "tests/unit/credential/hand_made.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

using credential::refusal;

// A connection whose peer was found to be so much.
struct judged {
    explicit judged(standing found) : line(remote("203.0.113.9", true), found) {}

    std::string say(std::string_view octets) {
        auto fresh = heap_copy(octets);
        output out;
        closed = line.on_bytes(here.ctx, fresh, now_2026, out);
        out.stamp(write_time);
        return out.bytes;
    }
    void expect_peer_refused(session::door through, standing why) {
        const auto event = here.only_event();
        EXPECT_EQ(event.what, event::kind::peer_refused);
        EXPECT_EQ(event.door, through);
        EXPECT_EQ(event.reason, refusal::forbidden);
        EXPECT_EQ(event.detail, advice(why));
        EXPECT_EQ(event.status, through == door::sip ? 403 : 0);
        EXPECT_EQ(event.peer, "203.0.113.9");
    }

    world here;
    connection line;
    bool closed = false;
};

TEST(Standing, OnTheSipDoorAllButMintersGet403AndTheClose) {
    const std::initializer_list<std::pair<standing, std::string_view>> cases = {
        {standing::may_validate, "Forbidden"},
        {standing::tls_required, "TLS required"},
        {standing::not_allowed, "Forbidden"}};
    for (const auto& [found, reason] : cases) {
        judged peer(found);
        const auto reply = only_reply(peer.say(service(plain_body) + request("OPTIONS")));
        EXPECT_EQ(reply.status, 403);
        EXPECT_EQ(reply.reason, reason);
        EXPECT_EQ(reply.body, "");
        EXPECT_TRUE(peer.closed);
        peer.expect_peer_refused(door::sip, found);
    }
}

TEST(Standing, NoMethodAndNoFaultGetsAroundThe403ButAck) {
    for (const auto& asked :
         {request("OPTIONS"), request("CANCEL"), request("FETCH"),
          request("OPTIONS", "Require: x\r\n"), with(request("OPTIONS"), "Call-ID: c1\r\n", "")}) {
        judged peer(standing::not_allowed);
        EXPECT_EQ(only_reply(peer.say(asked)).status, 403);
        EXPECT_TRUE(peer.closed);
    }
    judged acknowledging(standing::not_allowed);
    EXPECT_EQ(acknowledging.say(request("ACK")), "");  // never answered, but no reason to stay
    EXPECT_TRUE(acknowledging.closed);
    judged answering(standing::not_allowed);
    EXPECT_EQ(answering.say("SIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n"), "");
    EXPECT_TRUE(answering.closed);
}

TEST(Standing, KeepsNoMoreOfARefusedPeerThanAHeaderBlock) {
    judged refused(standing::not_allowed);
    const std::string large(20'000, 'x');
    const auto reply = only_reply(refused.say(
        with(request("SERVICE"), "Content-Length: 0\r\n", "Content-Length: 20000\r\n") + large));
    EXPECT_EQ(reply.status, 513);
    EXPECT_TRUE(refused.closed);
}

TEST(Standing, OnTheRpcDoorThosePeersAreForbiddenAtOnce) {
    const std::initializer_list<std::pair<standing, std::string_view>> cases = {
        {standing::tls_required, "TLS required"}, {standing::not_allowed, "this peer may not ask"}};
    for (const auto& [found, words] : cases) {
        judged peer(found);
        const auto refused = refusal_in(peer.say(std::string(preface) + server_info(5)), 0);
        EXPECT_EQ(refused.why, rpc::reason::forbidden);
        EXPECT_EQ(refused.words, words);
        EXPECT_EQ(refused.server_time, now_2026);
        EXPECT_TRUE(peer.closed);
        peer.expect_peer_refused(door::rpc, found);
    }
}

TEST(Standing, WhoMayValidateMayAskAllOverRpcButToMint) {
    judged peer(standing::may_validate);
    const auto refused = refusal_in(peer.say(std::string(preface) + issue(5)), 5);
    EXPECT_EQ(refused.why, rpc::reason::forbidden);
    EXPECT_FALSE(peer.closed);
    peer.expect_peer_refused(door::rpc, standing::may_validate);

    namespace hand_made = credential::hand_made;
    const auto username =
        hand_made::username(now_2026 + std::chrono::hours(8), hand_made::flags_of_8_hours);
    const auto verdicts = verdicts_in(peer.say(validate(6, item(username))), 6);
    ASSERT_EQ(verdicts.size(), 1u);
    EXPECT_TRUE(std::holds_alternative<rpc::received_good_credential>(verdicts[0]));
    EXPECT_EQ(peer.here.only_event().what, event::kind::validated);
    EXPECT_EQ(only_rpc_reply(peer.say(server_info(7))).result.index(), 2u);
}

TEST(Busy, AnswersEveryRpcDecisionBusyAndLetsTheConnectionLive) {
    world here;
    talk line(here);
    line.say(preface);
    here.ctx.busy_because = "at a limit";
    const auto check_message = frame(number_field(1, 9) + text_field(7, ""));
    for (const auto& [call, what] : {std::pair{issue(9), event::kind::issue_refused},
                                     {validate(9, ""), event::kind::validate_refused},
                                     {check_message, event::kind::validate_refused}}) {
        EXPECT_EQ(refusal_in(line.say(call), 9).why, rpc::reason::busy);
        const auto event = here.only_event();
        EXPECT_EQ(event.what, what);
        EXPECT_EQ(event.reason, refusal::busy);
        EXPECT_EQ(event.door, door::rpc);
    }
    EXPECT_NE(line.say(server_info(9)).find("9.8.7"), std::string::npos);
    EXPECT_FALSE(line.closed());
    here.ctx.busy_because = {};
    credential_in(line.say(issue(10)), 10);
}

}  // namespace
}  // namespace relayauth::session
