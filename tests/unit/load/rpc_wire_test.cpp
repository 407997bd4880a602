#include "relayauth/load/rpc_wire.hpp"

#include "listening.hpp"
#include "relayauth/base/bytes.hpp"
#include "relayauth/rpc/call.hpp"
#include "relayauth/rpc/reply.hpp"
#include "relayauth/rpc/wire.hpp"

#include <gtest/gtest.h>

namespace relayauth::load {
namespace {

const std::vector<good_credential> known = {{"u0", "p0"}, {"u1", "p1"}, {"u2", "p2"}};

std::string written(const request& wanted) {
    std::string out;
    rpc_wire(known).write(out, wanted);
    return out;
}

heard hear(std::string_view octets, std::uint64_t sent = 100) {
    rpc_wire wire(known);
    return hear_whole(wire, octets, sent);
}

std::string issued(std::uint64_t id, std::string_view username = "user",
                   std::string_view password = "pass") {
    rpc::issued answer;
    answer.username = username;
    answer.password = password;
    answer.duration_minutes = 480;
    std::string out;
    rpc::write_reply(out, id, wall_time(1), answer);
    return out;
}

std::string refused(std::uint64_t id, rpc::reason why) {
    rpc::refusal_details answer;
    answer.why = why;
    std::string out;
    rpc::write_reply(out, id, wall_time(1), answer);
    return out;
}

std::string verdicts(std::uint64_t id, int good, int bad,
                     rpc::verdict_writer::call which = rpc::verdict_writer::call::validate) {
    std::string out;
    rpc::verdict_writer writer(out, which, id, wall_time(1));
    rpc::refusal_details expired;
    expired.why = rpc::reason::expired;
    for (; good > 0; --good) writer.add(rpc::good_credential());
    for (; bad > 0; --bad) writer.add(expired);
    writer.end();
    return out;
}

void expect_issued(const heard& got, std::uint64_t index) {
    EXPECT_EQ(got.index, index);
    EXPECT_EQ(got.what, outcome::good) << got.why;
    EXPECT_EQ(got.to, call::issue);
    EXPECT_EQ(got.username, "user");
    EXPECT_EQ(got.password, "pass");
    EXPECT_EQ(got.duration_minutes, 480u);
}

TEST(RpcWire, BeginsWithThePreface) {
    std::string out = "x";
    rpc_wire(known).begin(out);
    EXPECT_EQ(out, std::string("x\0rauth\n\1", 9));
}

TEST(RpcWire, AsksForOneCredentialAsOurServerReadsIt) {
    const auto out = written({42, call::issue, 7});
    const auto frame = rpc::framer().next(as_bytes(out));
    ASSERT_TRUE(frame && *frame);
    EXPECT_EQ((*frame)->consumed, out.size());
    rpc::call_parser parser;
    const auto read = parser.parse((*frame)->payload);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->id, 43u);
    const auto& issue = std::get<rpc::issue_call>(read->body);
    EXPECT_EQ(issue.identity, "sip:load-0000007@example.com");
    EXPECT_EQ(issue.duration_minutes, 480u);
    EXPECT_EQ(issue.dialect, rpc::dialect::mras);
}

TEST(RpcWire, AsksAboutTheKnownCredentialsInTurn) {
    for (const std::uint64_t index : {0u, 1u, 2u, 3u, 7u}) {
        const auto out = written({index, call::validate, 9});
        const auto frame = rpc::framer().next(as_bytes(out));
        ASSERT_TRUE(frame && *frame);
        rpc::call_parser parser;
        const auto read = parser.parse((*frame)->payload);
        ASSERT_TRUE(read);
        EXPECT_EQ(read->id, index + 1);
        const auto& items = std::get<rpc::validate_call>(read->body).items;
        ASSERT_EQ(items.size(), 1u);
        EXPECT_EQ(items[0].username, known[index % 3].username);
        EXPECT_EQ(items[0].password, known[index % 3].password);
        EXPECT_FALSE(items[0].identity);
    }
}

// 0 is the id of an answer to what the server could not read.
TEST(RpcWire, NeverUsesTheIdZero) {
    EXPECT_EQ(written({0, call::issue, 0}).substr(4, 2), "\x08\x01");
    EXPECT_EQ(hear(refused(0, rpc::reason::malformed)).index, std::nullopt);
}

TEST(RpcWire, TakesACredential) {
    expect_issued(hear(issued(43)), 42);
    expect_issued(hear(issued(1)), 0);
}

// Typed by hand: a reply with id 2 that holds the username u and the password p.
TEST(RpcWire, TakesACredentialFromOctets) {
    const auto got = hear(std::string_view("\0\0\0\x0a\x08\x02\x22\x06\x0a\x01u\x12\x01p", 14));
    EXPECT_EQ(got.index, 1u);
    EXPECT_EQ(got.username, "u");
    EXPECT_EQ(got.password, "p");
    EXPECT_EQ(got.what, outcome::good);
}

TEST(RpcWire, WantsAUsernameAndAPassword) {
    EXPECT_EQ(hear(issued(43, "")).what, outcome::wrong);
    EXPECT_EQ(hear(issued(43, "")).why, "username");
    EXPECT_EQ(hear(issued(43, "user", "")).what, outcome::wrong);
    EXPECT_EQ(hear(issued(43, "user", "")).why, "password");
    EXPECT_EQ(hear(issued(43, "user", "")).index, 42u);
}

TEST(RpcWire, TakesAGoodVerdict) {
    const auto got = hear(verdicts(43, 1, 0));
    EXPECT_EQ(got.index, 42u);
    EXPECT_EQ(got.what, outcome::good);
    EXPECT_EQ(got.to, call::validate);
    EXPECT_EQ(got.username, "");
}

TEST(RpcWire, GivesARefusedVerdictItsWord) {
    const auto got = hear(verdicts(43, 0, 1));
    EXPECT_EQ(got.index, 42u);
    EXPECT_EQ(got.what, outcome::refused);
    EXPECT_EQ(got.why, "expired");
    EXPECT_EQ(got.to, call::validate);
}

TEST(RpcWire, WantsOneVerdict) {
    for (const auto& octets : {verdicts(43, 0, 0), verdicts(43, 2, 0), verdicts(43, 1, 1)}) {
        EXPECT_EQ(hear(octets).what, outcome::wrong);
        EXPECT_EQ(hear(octets).why, "verdicts");
        EXPECT_EQ(hear(octets).index, 42u);
    }
}

TEST(RpcWire, GivesEveryRefusedCallItsWord) {
    for (int i = 1; i <= static_cast<int>(rpc::reason::internal); ++i) {
        const auto why = static_cast<rpc::reason>(i);
        const auto got = hear(refused(43, why));
        EXPECT_EQ(got.index, 42u);
        EXPECT_EQ(got.what, outcome::refused);
        EXPECT_EQ(got.why, rpc::to_text(why));
    }
    const auto other = hear(refused(43, static_cast<rpc::reason>(99)));
    EXPECT_EQ(other.what, outcome::refused);
    EXPECT_EQ(other.why, "unknown reason");
}

TEST(RpcWire, CallsAnotherKindOfReplyWrong) {
    std::string info;
    rpc::write_reply(info, 43, wall_time(1), rpc::server_info());
    for (const auto& octets :
         {info, verdicts(43, 1, 0, rpc::verdict_writer::call::check_message)}) {
        EXPECT_EQ(hear(octets).what, outcome::wrong);
        EXPECT_EQ(hear(octets).index, 42u);
        EXPECT_FALSE(hear(octets).why.empty());
    }
}

TEST(RpcWire, DoesNotTakeAnIdThatWasNotGivenOut) {
    EXPECT_EQ(hear(issued(43), 43).index, 42u);
    EXPECT_EQ(hear(issued(43), 42).index, std::nullopt);
    EXPECT_EQ(hear(issued(43), 0).index, std::nullopt);
    EXPECT_EQ(hear(issued(~std::uint64_t(0))).index, std::nullopt);
}

TEST(RpcWire, TakesRepliesInAnyPieces) {
    const auto one = issued(43), two = issued(8);
    rpc_wire wire(known);
    listening end(wire);
    for (std::size_t i = 0; i + 1 < one.size(); ++i) {
        ASSERT_TRUE(end.receive({&one[i], 1}).empty()) << i;
    }
    auto all = end.receive(one.substr(one.size() - 1) + two + one.substr(0, 3));
    ASSERT_EQ(all.size(), 2u);
    expect_issued(all[0], 42);
    expect_issued(all[1], 7);
    all = end.receive(one.substr(3));
    ASSERT_EQ(all.size(), 1u);
    expect_issued(all[0], 42);
}

TEST(RpcWire, IsNeverGoodWithAReplyCutShort) {
    rpc_wire wire(known);
    for (const auto& octets : {issued(43), verdicts(43, 1, 0), refused(43, rpc::reason::busy)}) {
        for (std::size_t size = 0; size < octets.size(); ++size) {
            EXPECT_TRUE(hear_cut(wire, octets, size).empty()) << size;
        }
    }
}

void expect_broken(std::string_view octets) {
    rpc_wire wire(known);
    const auto all = listening(wire).receive(octets);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].kind, answer::kind::broken);
    EXPECT_FALSE(all[0].why.empty());
}

TEST(RpcWire, IsBrokenByWhatIsNoReply) {
    using namespace std::string_view_literals;
    expect_broken("HTTP/1.1 200 OK\r\n\r\n");
    expect_broken("SIP/2.0 200 OK\r\n\r\n");
    expect_broken("\x15\x03\x01\x00\x02\x02\x28"sv);
    expect_broken("\x00\x10\x00\x01"sv);          // a frame of 1 MiB and one octet
    expect_broken("\x00\x00\x00\x00"sv);          // no reply at all
    expect_broken("\x00\x00\x00\x02\x08\x05"sv);  // an id without a result
    expect_broken("\x00\x00\x00\x03\xff\xff\xff"sv);
    rpc_wire wire(known);
    EXPECT_TRUE(listening(wire).receive("\x00\x10\x00\x00"sv).empty()) << "1 MiB may be";
}

}  // namespace
}  // namespace relayauth::load
