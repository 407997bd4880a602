#include "rpc_peer.hpp"
#include "running_server.hpp"
#include "service_request.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>

// The rpc of proto/README.md over real sockets.
namespace relayauth::lab {
namespace {

// rpc::reason, as relay_auth.proto numbers it.
constexpr std::uint64_t reason_malformed = 1;
constexpr std::uint64_t reason_wrong_password = 6;
constexpr std::uint64_t reason_wrong_identity = 8;
constexpr std::uint64_t reason_too_large = 11;
constexpr std::uint64_t reason_unsupported_version = 12;

constexpr std::uint64_t ticks_a_second = 10'000'000;

// 100 ns ticks since 1601, as in a FILETIME.
std::uint64_t now_in_ticks() {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since_1970).count();
    return (static_cast<std::uint64_t>(seconds) + 11644473600u) * ticks_a_second;
}

using maker = rpc_peer (*)(std::uint16_t);

class RpcWire : public ::testing::TestWithParam<maker> {
protected:
    rpc_peer connect() const { return GetParam()(server_.port()); }

    static void expect_error(rpc_peer& peer, std::uint64_t id, std::uint64_t reason) {
        const auto reply = peer.reply();
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->id, id);
        ASSERT_EQ(reply->result, reply_error);
        EXPECT_EQ(value_in(reply->content, 1), reason);
        EXPECT_NE(text_in(reply->content, 2), "");
        EXPECT_NE(value_in(reply->content, 3), 0u) << "the server's clock";
    }
    static void expect_served(rpc_peer& peer, std::uint64_t id) {
        ASSERT_TRUE(peer.send(framed(server_info_call(id))));
        const auto reply = peer.reply();
        ASSERT_TRUE(reply) << "the connection does not live";
        EXPECT_EQ(reply->id, id);
        EXPECT_EQ(reply->result, reply_server_info);
    }
    void expect_new_connection_served() const {
        auto next = connect();
        ASSERT_TRUE(next.send(rpc_preface));
        expect_served(next, 1);
    }

    running_server server_{
        {"--workers", "1", "--clock-tolerance", "60", "--realm", "relay.example.test"}};
};

TEST_P(RpcWire, ServerInfoTellsClockKeysAndLimits) {
    auto peer = connect();
    const auto sent = now_in_ticks();
    ASSERT_TRUE(peer.send(rpc_preface +
                          framed(varint_field(1, 7) + fixed64_field(2, sent) + text_field(6, ""))));
    const auto reply = peer.reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->id, 7u);
    ASSERT_EQ(reply->result, reply_server_info);
    EXPECT_GE(reply->read_at, sent);
    EXPECT_LE(reply->read_at, reply->written_at);
    EXPECT_LE(reply->written_at, now_in_ticks() + ticks_a_second);
    EXPECT_EQ(value_in(reply->content, 1), reply->read_at);
    EXPECT_EQ(value_in(reply->content, 2), 0u) << "clock offset setting";
    const auto key = text_in(reply->content, 3);
    EXPECT_EQ(text_in(key, 1).size(), 8u);
    EXPECT_EQ(value_in(key, 2), 2u) << "minting";
    EXPECT_GT(value_in(key, 3), reply->read_at);
    EXPECT_NE(text_in(reply->content, 4).find("0.1.0"), std::string::npos);
    EXPECT_EQ(value_in(reply->content, 5), 480u);
    EXPECT_EQ(value_in(reply->content, 6), 60 * ticks_a_second);
    EXPECT_NE(server_.wait_for_line({"minting_key", "key=" + text_in(key, 1)}), "");
}

TEST_P(RpcWire, IssuesAndFindsGood) {
    auto peer = connect();
    ASSERT_TRUE(peer.send(rpc_preface + framed(issue_call(1, "sip:alice@example.test"))));
    const auto issued = peer.reply();
    ASSERT_TRUE(issued);
    ASSERT_EQ(issued->result, reply_issue);
    const auto username = text_in(issued->content, 1);
    EXPECT_EQ(username.size(), 76u);
    EXPECT_EQ(text_in(issued->content, 2).size(), 28u);
    EXPECT_EQ(value_in(issued->content, 6), 480u);
    // Lowered by ticks at most, so that libnice does not trim it.
    const auto lifetime = value_in(issued->content, 5) - value_in(issued->content, 4);
    EXPECT_LE(lifetime, 480 * 60 * ticks_a_second);
    EXPECT_GT(lifetime, 480 * 60 * ticks_a_second - ticks_a_second);

    ASSERT_TRUE(peer.send(framed(validate_call(2, {username}))));
    const auto validated = peer.reply();
    ASSERT_TRUE(validated);
    ASSERT_EQ(validated->result, reply_validate);
    const auto good = text_in(text_in(validated->content, 1), 1);
    EXPECT_EQ(text_in(good, 1), text_in(issued->content, 9)) << "the key";
    EXPECT_EQ(value_in(good, 3), value_in(issued->content, 5)) << "the expiry";
    EXPECT_EQ(value_in(good, 5), 2u);
}

TEST_P(RpcWire, IssuesATurnRestNameAndGivesItsKey) {
    auto peer = connect();
    const auto wanted = text_field(1, "sip:a b%n@x") + varint_field(4, 1);
    ASSERT_TRUE(peer.send(rpc_preface + framed(varint_field(1, 1) + text_field(4, wanted))));
    const auto issued = peer.reply();
    ASSERT_TRUE(issued);
    ASSERT_EQ(issued->result, reply_issue);
    const auto username = text_in(issued->content, 1);
    EXPECT_EQ(username.substr(username.find(':')), ":=c2lwOmEgYiVuQHg") << "its base64url";
    EXPECT_EQ(text_in(issued->content, 7), "relay.example.test");
    EXPECT_EQ(value_in(issued->content, 10), 1u);

    const auto name = text_field(1, username),
               password = text_field(2, text_in(issued->content, 2));
    const auto realm = text_field(3, "relay.example.test");
    const std::vector<std::string> items = {
        name,
        name + password + realm,
        name + password + text_field(4, "sip:bob@x"),
        name + realm + varint_field(5, 1),
        name + realm + varint_field(5, 2),
        name + password + realm + text_field(4, "sip:a b%n@x") + varint_field(5, 1)};
    std::string all;
    for (const auto& each : items) all += text_field(1, each);
    ASSERT_TRUE(peer.send(framed(varint_field(1, 2) + text_field(5, all))));
    const auto reply = peer.reply();
    ASSERT_TRUE(reply);
    const auto verdicts = fields_of(reply->content);
    ASSERT_EQ(verdicts.size(), items.size());
    const auto key = [&verdicts](std::size_t at) {
        return text_in(text_in(verdicts[at].text, 1), 6);
    };
    EXPECT_EQ(value_in(text_in(verdicts[0].text, 2), 1), reason_wrong_password);
    EXPECT_EQ(value_in(text_in(verdicts[1].text, 1), 7), 1u);
    EXPECT_EQ(key(1), "");
    EXPECT_EQ(value_in(text_in(verdicts[2].text, 2), 1), reason_wrong_identity);
    EXPECT_EQ(key(3).size(), 16u);
    EXPECT_EQ(key(4).size(), 32u);
    EXPECT_EQ(key(5), key(3));
}

TEST_P(RpcWire, ChecksMessages) {
    auto peer = connect();
    // A Binding request, which is not signed, and no request at all.
    const std::string binding(
        "\0\1\0\0\x21\x12\xA4\x42"
        "abcdefghijkl",
        20);
    const auto realm = text_field(2, "relay.example.test");
    const auto items = text_field(1, text_field(1, binding) + realm) + text_field(1, realm);
    ASSERT_TRUE(peer.send(rpc_preface + framed(varint_field(1, 3) + text_field(7, items))));
    const auto reply = peer.reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->id, 3u);
    ASSERT_EQ(reply->result, reply_check_message);
    const auto verdicts = fields_of(reply->content);
    ASSERT_EQ(verdicts.size(), 2u);
    EXPECT_EQ(value_in(text_in(verdicts[0].text, 2), 1), reason_malformed);
    EXPECT_NE(text_in(text_in(verdicts[0].text, 2), 2).find("not signed"), std::string::npos);
    EXPECT_EQ(value_in(text_in(verdicts[1].text, 2), 1), reason_malformed);
    expect_served(peer, 4);
}

TEST_P(RpcWire, AHundredPipelinedCallsGetAHundredReplies) {
    auto peer = connect();
    std::string calls = rpc_preface;
    for (std::uint64_t id = 1; id <= 100; ++id) {
        calls += framed(id % 2 == 0 ? server_info_call(id) : issue_call(id, "sip:a@b.test"));
    }
    ASSERT_TRUE(peer.send(calls));
    std::set<std::uint64_t> ids;
    for (int i = 0; i < 100; ++i) {
        const auto reply = peer.reply();
        ASSERT_TRUE(reply) << i;
        EXPECT_EQ(reply->result, reply->id % 2 == 0 ? reply_server_info : reply_issue);
        ids.insert(reply->id);
    }
    EXPECT_EQ(ids.size(), 100u);
    EXPECT_EQ(*ids.begin(), 1u);
    EXPECT_EQ(*ids.rbegin(), 100u);
}

TEST_P(RpcWire, CallsArriveOctetByOctet) {
    auto peer = connect();
    for (const char octet : rpc_preface + framed(server_info_call(1))) {
        ASSERT_TRUE(peer.send(std::string(1, octet)));
    }
    const auto reply = peer.reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->result, reply_server_info);
}

TEST_P(RpcWire, AThousandItemsGetAThousandVerdictsInOrder) {
    auto peer = connect();
    ASSERT_TRUE(peer.send(rpc_preface + framed(issue_call(1, "sip:alice@example.test"))));
    const auto issued = peer.reply();
    ASSERT_TRUE(issued);
    std::vector<std::string> usernames(1000, "junk");
    usernames[3] = usernames[999] = text_in(issued->content, 1);
    ASSERT_TRUE(peer.send(framed(validate_call(2, usernames))));
    const auto reply = peer.reply();
    ASSERT_TRUE(reply);
    ASSERT_EQ(reply->result, reply_validate);
    const auto verdicts = fields_of(reply->content);
    ASSERT_EQ(verdicts.size(), 1000u);
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        const auto refused = text_in(verdicts[i].text, 2);
        if (i == 3 || i == 999) {
            EXPECT_NE(text_in(verdicts[i].text, 1), "") << i;
        } else {
            EXPECT_EQ(value_in(refused, 1), reason_malformed) << i;
        }
    }
}

// 40 calls in some 80 KB ask for 5 MB of verdicts, far over --max-pending-output.
TEST_P(RpcWire, SmallCallsWithLargeRepliesAreAllAnswered) {
    auto peer = connect();
    const std::vector<std::string> usernames(1000);
    std::string calls = rpc_preface;
    for (std::uint64_t id = 1; id <= 40; ++id) calls += framed(validate_call(id, usernames));
    ASSERT_TRUE(peer.send(calls));
    for (std::uint64_t id = 1; id <= 40; ++id) {
        const auto reply = peer.reply();
        ASSERT_TRUE(reply) << "no reply " << id;
        EXPECT_EQ(reply->result, reply_validate);
    }
}

TEST_P(RpcWire, TooManyItemsAreRefusedAndTheConnectionLives) {
    auto peer = connect();
    const std::vector<std::string> usernames(1001, "x");
    ASSERT_TRUE(peer.send(rpc_preface + framed(validate_call(5, usernames))));
    expect_error(peer, 5, reason_too_large);
    expect_served(peer, 6);
}

TEST_P(RpcWire, AnUnknownCallIsRefusedAndTheConnectionLives) {
    auto peer = connect();
    ASSERT_TRUE(peer.send(rpc_preface + framed(varint_field(1, 5) + text_field(14, "x"))));
    expect_error(peer, 5, reason_unsupported_version);
    expect_served(peer, 6);
    EXPECT_NE(server_.wait_for_line({"request_refused", "door=rpc", "peer=" + peer.name()}), "");
}

TEST_P(RpcWire, AnEnvelopeWithoutACallIsRefusedAndTheConnectionLives) {
    auto peer = connect();
    ASSERT_TRUE(peer.send(rpc_preface + framed(varint_field(1, 5))));
    expect_error(peer, 5, reason_malformed);
    expect_served(peer, 6);
}

TEST_P(RpcWire, AnUndecodableEnvelopeIsRefusedAndTheConnectionLives) {
    auto peer = connect();
    ASSERT_TRUE(peer.send(rpc_preface + framed("\xFF\xFF\xFF")));
    expect_error(peer, 0, reason_malformed);
    expect_served(peer, 6);
    EXPECT_NE(server_.stop().find(" request_refused_malformed=1"), std::string::npos);
}

TEST_P(RpcWire, AFrameOverTheLimitIsRefusedAndTheConnectionEnds) {
    auto peer = connect();
    ASSERT_TRUE(peer.send(rpc_preface + std::string("\x00\x08\x00\x01", 4)));  // 512 KiB and one
    expect_error(peer, 0, reason_too_large);
    EXPECT_TRUE(peer.is_closed());
    EXPECT_NE(server_.wait_for_line({"request_refused", "too_large", "peer=" + peer.name()}), "");
    expect_new_connection_served();
}

TEST_P(RpcWire, AFrameAtTheLimitIsServed) {
    auto peer = connect();
    auto payload = server_info_call(5);
    // An addition that an older server overlooks: 1 + 1 octets of tag, 3 of length, then filler.
    const auto filler = 512 * 1024 - payload.size() - 2 - 3;
    payload += text_field(100, std::string(filler, 'x'));
    ASSERT_EQ(payload.size(), 512u * 1024);
    ASSERT_TRUE(peer.send(rpc_preface + framed(payload)));
    const auto reply = peer.reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->result, reply_server_info);
}

TEST_P(RpcWire, AnotherVersionOfThePrefaceIsRefusedAndTheConnectionEnds) {
    auto peer = connect();
    ASSERT_TRUE(peer.send(std::string("\0rauth\n\x02", 8)));
    expect_error(peer, 0, reason_unsupported_version);
    EXPECT_TRUE(peer.is_closed());
    expect_new_connection_served();
}

INSTANTIATE_TEST_SUITE_P(Over, RpcWire, ::testing::Values(&rpc_peer::over_tcp, &rpc_peer::over_tls),
                         [](const auto& each) {
                             return each.param == &rpc_peer::over_tcp ? "Tcp" : "Tls";
                         });

}  // namespace
}  // namespace relayauth::lab
