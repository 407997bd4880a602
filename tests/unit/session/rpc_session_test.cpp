// proto/README.md, "On the wire" and "Refusals".
#include "relayauth/session/rpc_session.hpp"

#include "rpc_talk.hpp"
#include "sip_talk.hpp"
#include "talk.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

using credential::refusal;

void expect_served(world& here, talk& line) {
    here.events.all.clear();
    const auto issued = credential_in(line.say(issue(77)), 77);
    EXPECT_EQ(issued.username.size(), 76u);
    EXPECT_EQ(here.only_event().what, event::kind::issued);
}

TEST(RpcSession, SendsNoPrefaceBack) {
    world here;
    talk line(here);
    EXPECT_EQ(line.say(preface), "");
    EXPECT_FALSE(line.closed());
    expect_served(here, line);
}

TEST(RpcSession, ClosesWithoutAWordWhereThePrefaceIsAnothers) {
    for (std::size_t at = 1; at < 7; ++at) {
        world here;
        talk line(here);
        std::string other(preface);
        other[at] ^= 0x20;
        EXPECT_EQ(line.say(other), "");
        EXPECT_TRUE(line.closed()) << at;
        const auto event = here.only_event();
        EXPECT_EQ(event.what, event::kind::unknown_protocol);
        EXPECT_EQ(event.door, door::rpc);
    }
}

TEST(RpcSession, KnowsAnotherPrefaceByItsFirstWrongOctet) {
    world here;
    talk line(here);
    EXPECT_EQ(line.say(std::string_view("\0r", 2)), "");
    EXPECT_FALSE(line.closed());
    EXPECT_EQ(line.say("x"), "");
    EXPECT_TRUE(line.closed());
}

TEST(RpcSession, AnswersAnotherVersionOfThePrefaceAndCloses) {
    for (const char version : {'\x02', '\xFF'}) {
        world here;
        talk line(here);
        std::string other(preface);
        other[7] = version;
        const auto refused = refusal_in(line.say(other + server_info(1)), 0);
        EXPECT_EQ(refused.why, rpc::reason::unsupported_version);
        EXPECT_TRUE(line.closed());
        const auto event = here.only_event();
        EXPECT_EQ(event.what, event::kind::request_refused);
        EXPECT_EQ(event.reason, refusal::unsupported_version);
    }
}

TEST(RpcSession, AnswersPipelinedCallsEachWithItsId) {
    world here;
    talk line(here);
    const auto answers = rpc_replies(line.say(std::string(preface) + issue(3) + server_info(300) +
                                              validate(1, "") + issue(0xFFFF'FFFF'FFFF'FFFF)));
    ASSERT_EQ(answers.size(), 4u);
    EXPECT_EQ(answers[0].id, 3u);
    EXPECT_EQ(answers[1].id, 300u);
    EXPECT_EQ(answers[2].id, 1u);
    EXPECT_EQ(answers[3].id, 0xFFFF'FFFF'FFFF'FFFFu);
    EXPECT_EQ(answers[2].result.index(), 1u);
}

TEST(RpcSession, TellsWhenItReadAndWhenItWrote) {
    world here;
    talk line(here);
    for (const auto& answer :
         rpc_replies(line.say(std::string(preface) + issue(1) + server_info(2) + frame("")))) {
        EXPECT_EQ(answer.read_at, now_2026);
        EXPECT_EQ(answer.written_at, write_time);
    }
}

TEST(RpcSession, NeedsTheStampThatSipAnswersMustNotGet) {
    world here;
    for (const auto& [stream, stamped] : {std::pair(std::string(preface) + server_info(1), true),
                                          std::pair(request("OPTIONS"), false)}) {
        connection line(loopback(), standing::may_mint);
        output out;
        auto octets = heap_copy(stream);
        line.on_bytes(here.ctx, octets, now_2026, out);
        EXPECT_EQ(out.needs_stamp, stamped);
        const auto before = out.bytes;
        out.stamp(write_time);
        EXPECT_EQ(out.bytes == before, !stamped);
    }
}

TEST(RpcSession, KnowsNoVersion0) {
    world here;
    talk line(here);
    std::string other(preface);
    other[7] = 0;
    EXPECT_EQ(line.say(other), "");
    EXPECT_TRUE(line.closed());
    EXPECT_EQ(here.only_event().what, event::kind::unknown_protocol);
}

struct bad_call {
    std::string_view name;
    std::string octets;
    std::uint64_t id;
    rpc::reason why;
    refusal counted_as;
};

void PrintTo(const bad_call& each, std::ostream* out) {
    *out << each.name;
}

class BadCall : public testing::TestWithParam<bad_call> {};

TEST_P(BadCall, IsAnsweredAndTheConnectionLives) {
    world here;
    talk line(here);
    const auto& bad = GetParam();
    const auto refused = refusal_in(line.say(std::string(preface) + bad.octets), bad.id);
    EXPECT_EQ(refused.why, bad.why);
    EXPECT_NE(refused.words, "");
    EXPECT_EQ(refused.server_time, now_2026);
    EXPECT_FALSE(refused.issued_at || refused.expires_at || refused.offset);
    const auto event = here.only_event();
    EXPECT_EQ(event.what, event::kind::request_refused);
    EXPECT_EQ(event.door, door::rpc);
    EXPECT_EQ(event.reason, bad.counted_as);
    EXPECT_FALSE(line.closed());
    expect_served(here, line);
}

std::string items(int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += item("x");
    return all;
}

const std::string id_5 = number_field(1, 5);

INSTANTIATE_TEST_SUITE_P(
    Rpc, BadCall,
    testing::Values(bad_call{"no protobuf", frame("\xFF\xFF\xFF"), 0, rpc::reason::malformed,
                             refusal::malformed},
                    bad_call{"cut short", frame(id_5 + "\x22\x7F"), 5, rpc::reason::malformed,
                             refusal::malformed},
                    bad_call{"group", frame(id_5 + "\x23\x24"), 5, rpc::reason::malformed,
                             refusal::malformed},
                    bad_call{"not UTF-8", frame(id_5 + text_field(4, text_field(1, "\xFF"))), 5,
                             rpc::reason::malformed, refusal::malformed},
                    bad_call{"empty", frame(""), 0, rpc::reason::malformed, refusal::malformed},
                    bad_call{"no call", frame(id_5), 5, rpc::reason::malformed, refusal::malformed},
                    bad_call{"duration 0", issue(5, number_field(2, 0)), 5, rpc::reason::malformed,
                             refusal::malformed},
                    bad_call{"ten digits", issue(5, number_field(2, 1'000'000'000)), 5,
                             rpc::reason::malformed, refusal::malformed},
                    bad_call{"unknown call", frame(id_5 + text_field(9, "")), 5,
                             rpc::reason::unsupported_version, refusal::unsupported_version},
                    bad_call{"1,001 items", validate(5, items(1001)), 5, rpc::reason::too_large,
                             refusal::too_large}));

TEST(RpcSession, ClosesAtAFrameOverTheLimitBeforeItArrives) {
    world here;
    talk line(here), other(here);
    const auto answers = rpc_replies(
        line.say(std::string(preface) + server_info(1) + std::string("\0\x08\0\x01", 4)));
    ASSERT_EQ(answers.size(), 2u);
    EXPECT_EQ(answers[1].id, 0u);
    EXPECT_EQ(std::get<rpc::received_refusal>(answers[1].result).why, rpc::reason::too_large);
    EXPECT_TRUE(line.closed());
    EXPECT_EQ(here.only_event().reason, refusal::too_large);
    other.say(preface);
    expect_served(here, other);
}

TEST(RpcSession, TakesAFrameOfExactlyTheLimit) {
    auto chosen = make_settings();
    chosen->max_frame_bytes = 40;
    world here(chosen);
    talk line(here);
    line.say(preface);
    const auto padded = issue(5).substr(4) + text_field(100, std::string(40 - 28 - 3, 'x'));
    ASSERT_EQ(padded.size(), 40u);
    credential_in(line.say(frame(padded)), 5);
    const auto longer = frame(padded + " ");
    EXPECT_EQ(refusal_in(line.say(longer.substr(0, 4)), 0).why, rpc::reason::too_large);
    EXPECT_TRUE(line.closed());
}

}  // namespace
}  // namespace relayauth::session
