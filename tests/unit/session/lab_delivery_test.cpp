// Lab rules as a client of a connection meets them, and what is left to whoever sends.
#include "relayauth/session/lab_delivery.hpp"

#include "rpc_talk.hpp"
#include "sip_talk.hpp"
#include "talk.hpp"
#include "tests/unit/credential/hand_made.hpp"

#include "relayauth/session/lab_settings.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

using namespace std::chrono_literals;
using credential::refusal;

lab_rule rule(lie what, std::string_view identity = "sip:alice@*") {
    const auto time =
        takes_time(what) ? std::optional<std::chrono::milliseconds>(2s) : std::nullopt;
    return *make_lab_rule(identity, what, time);
}

// A connection to a server with one rule, and what it is to send.
struct deceived {
    explicit deceived(lie what, std::string_view identity = "sip:alice@*") {
        lab_settings lab;
        lab.on = true;
        lab.rules.add(rule(what, identity));
        lab.other_keys = std::make_shared<const keyring::ring>(credential::hand_made::ring_of(
            credential::hand_made::minting(credential::hand_made::key())));
        here.ctx.replace_lab(std::make_shared<const lab_settings>(lab));
    }
    std::string& say(std::string_view octets) {
        auto fresh = heap_copy(octets);
        closed = line.on_bytes(here.ctx, fresh, now_2026, out);
        return out.bytes;
    }
    world here;
    connection line{loopback(), standing::may_mint};
    output out;
    bool closed = false;
};

TEST(Deliver, HoldsCutsOrLeavesOut) {
    std::string out = "before|12345678";
    const auto held = deliver(rule(lie::delay), 7, out);
    EXPECT_EQ(held.held_from, 7u);
    EXPECT_EQ(held.held_for, 2s);
    EXPECT_EQ(deliver(rule(lie::truncated), 7, out).cut_to, 11u);
    EXPECT_EQ(out, "before|12345678");
    EXPECT_FALSE(deliver(rule(lie::expired), 7, out).ends_read());
    auto none = out;
    EXPECT_FALSE(deliver(rule(lie::no_answer), 7, none).ends_read());
    EXPECT_EQ(none, "before|");
    EXPECT_TRUE(deliver(rule(lie::reset), 7, out).reset);
    EXPECT_EQ(out, "before|");
}

TEST(LabRules, RefuseWithTheirOwnReason) {
    const std::initializer_list<std::tuple<lie, std::string_view, refusal>> cases = {
        {lie::server_busy, "Server Busy", refusal::busy},
        {lie::time_out, "Time Out", refusal::busy},
        {lie::forbidden, "Forbidden", refusal::forbidden},
        {lie::not_supported, "Not Supported", refusal::unsupported_version}};
    for (const auto& [what, phrase, reason] : cases) {
        deceived sip(what);
        const auto reply = only_reply(sip.say(service(plain_body)));
        EXPECT_EQ(between(reply.body, "reasonPhrase=\"", "\""), phrase);
        EXPECT_NE(reply.value("Warning").find("lab rule: "), std::string::npos);
        EXPECT_EQ(sip.here.only_event().reason, reason);

        deceived rpc(what);
        rpc.say(std::string(preface) + issue(5));
        rpc.out.stamp(write_time);
        EXPECT_EQ(refusal_in(rpc.out.bytes, 5).words, std::string(rule(what).words));
        EXPECT_EQ(rpc.here.only_event().reason, reason);
    }
}

TEST(LabRules, TouchNobodyElse) {
    deceived other(lie::reset, "sip:bob@*");
    EXPECT_EQ(only_reply(other.say(service(plain_body))).status, 200);
    EXPECT_EQ(other.here.only_event().detail, "");
    EXPECT_FALSE(other.out.delivery.ends_read());
}

TEST(LabRules, ThatSpoilACredentialAreNamedInTheLog) {
    for (const auto what : {lie::expired, lie::not_yet_valid, lie::wrong_key, lie::lifetime}) {
        deceived here(what);
        here.say(service(plain_body));
        const auto told = here.here.only_event();
        EXPECT_EQ(told.what, event::kind::issued);
        EXPECT_EQ(told.detail, rule(what).words);
        EXPECT_FALSE(here.out.delivery.ends_read());
    }
}

TEST(LabRules, HoldOneAnswerAndWhatComesAfterIt) {
    deceived here(lie::delay);
    here.say(request("OPTIONS") + service(plain_body) + request("OPTIONS"));
    EXPECT_EQ(sip_replies(here.out.bytes).size(), 2u);
    const auto before = here.out.bytes.substr(0, here.out.delivery.held_from);
    EXPECT_EQ(sip_replies(before).size(), 1u);
    EXPECT_EQ(here.out.delivery.held_for, 2s);
    EXPECT_TRUE(here.line.has_backlog());
    here.say(request("OPTIONS"));  // in the same read, of another TLS record
    EXPECT_EQ(sip_replies(here.out.bytes).size(), 2u);
    here.out.clear();
    EXPECT_EQ(sip_replies(here.say("")).size(), 2u);
    EXPECT_FALSE(here.line.has_backlog());
}

TEST(LabRules, HoldAnRpcReplyTheSameWay) {
    deceived here(lie::delay);
    here.say(std::string(preface) + server_info(1) + issue(2) + server_info(3));
    EXPECT_EQ(rpc_replies(here.out.bytes).size(), 2u);
    EXPECT_EQ(rpc_replies(here.out.bytes.substr(0, here.out.delivery.held_from)).size(), 1u);
    here.out.clear();
    EXPECT_EQ(only_rpc_reply(here.say("")).id, 3u);
}

TEST(LabRules, TellWhichEventsAreOfASpoiltAnswerAndWhetherItGoesOut) {
    const std::initializer_list<std::pair<lie, std::string_view>> cases = {
        {lie::delay, "e(e)"},      {lie::no_answer, "e(e)e"}, {lie::reset, "e(e)"},
        {lie::truncated, "e(e>)"}, {lie::expired, "eee"},     {lie::server_busy, "eee"}};
    for (const auto& [what, order] : cases) {
        deceived sip(what);
        auto honest = std::string(plain_body);
        honest.replace(honest.find("sip:alice", honest.find("<identity")), 9, "sip:carol");
        sip.say(service(honest) + service(plain_body) + service(honest));
        EXPECT_EQ(sip.here.events.order, order) << to_text(what);
        deceived rpc(what);
        rpc.say(std::string(preface) + validate(1, item("none")) + issue(2) +
                validate(3, item("none")));
        EXPECT_EQ(rpc.here.events.order, order) << to_text(what);
    }
}

TEST(LabRules, AreAnnouncedInServerInfo) {
    deceived lab(lie::delay);
    lab.say(std::string(preface) + server_info(1));
    EXPECT_TRUE(std::get<rpc::received_server_info>(only_rpc_reply(lab.out.bytes).result).lab);
    world honest;
    talk line(honest);
    line.say(preface);
    const auto told = only_rpc_reply(line.say(server_info(1)));
    EXPECT_FALSE(std::get<rpc::received_server_info>(told.result).lab);
}

TEST(LabRules, CutAnAnswerInTheMiddleAndEndTheConnection) {
    deceived here(lie::truncated);
    const auto first = here.say(request("OPTIONS")).size();
    here.say(service(plain_body) + request("OPTIONS"));
    EXPECT_TRUE(here.closed);
    ASSERT_TRUE(here.out.delivery.cut_to);
    EXPECT_EQ(*here.out.delivery.cut_to, first + (here.out.bytes.size() - first) / 2);
}

TEST(LabRules, LeaveAnAnswerOutAndGoOn) {
    deceived here(lie::no_answer);
    EXPECT_EQ(sip_replies(here.say(service(plain_body) + request("OPTIONS"))).size(), 1u);
    EXPECT_FALSE(here.closed);
}

TEST(LabRules, ResetTheConnection) {
    deceived here(lie::reset);
    EXPECT_EQ(here.say(service(plain_body)), "");
    EXPECT_TRUE(here.closed);
    EXPECT_TRUE(here.out.delivery.reset);
}

}  // namespace
}  // namespace relayauth::session
