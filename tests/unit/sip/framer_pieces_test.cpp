// The same octets, however they arrive, are the same messages; and no damage makes the parsers read
// outside them.
#include "relayauth/sip/framer.hpp"
#include "relayauth/sip/request.hpp"
#include "relayauth/sip/response.hpp"

#include "tests/support/sip_messages.hpp"
#include "tests/unit/sip/feed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>

namespace relayauth::sip {
namespace {

using kind = enum step::kind;

// A stream with everything that may lie between two messages, as real peers send it.
std::string busy_stream() {
    std::string bytes = "\r\n";
    bytes += messages::lync_2010_service;
    bytes += "\r\n\r\n";
    bytes += messages::compact_message;
    bytes += "\r\n";
    bytes += "SERVICE a SIP/2.0\nVia: SIP/2.0/TCP h\n ;x\nl:\n 3\n\n\r\n\r";
    bytes += messages::ok_response;
    bytes += "\r\n\r\n\r\n";
    bytes += messages::sipe_service;
    return bytes;
}

TEST(SipFramerPieces, BusyStreamHoldsFiveMessagesAndTwoKeepAlives) {
    const auto events = fed({busy_stream()});
    ASSERT_EQ(events.size(), 7u);
    EXPECT_EQ(events[1].kind, kind::keep_alive);
    EXPECT_EQ(events[3].body, "\r\n\r");
    EXPECT_EQ(events[5].kind, kind::keep_alive);
    EXPECT_EQ(events[6].kind, kind::message);
}

TEST(SipFramerPieces, ByteByByteGivesTheSame) {
    EXPECT_EQ(fed_byte_by_byte(busy_stream()), fed({busy_stream()}));
}

TEST(SipFramerPieces, EverySplitIntoTwoGivesTheSame) {
    const auto bytes = busy_stream();
    const std::string_view all = bytes;
    const auto expected = fed({all});
    for (std::size_t cut = 0; cut <= all.size(); ++cut) {
        ASSERT_EQ(fed({all.substr(0, cut), all.substr(cut)}), expected) << cut;
    }
}

TEST(SipFramerPieces, ThreeRaggedPiecesGiveTheSame) {
    const auto bytes = busy_stream();
    const std::string_view all = bytes;
    const auto expected = fed({all});
    std::mt19937 random(3261);
    for (int round = 0; round < 1000; ++round) {
        auto a = random() % (all.size() + 1), b = random() % (all.size() + 1);
        if (a > b) std::swap(a, b);
        ASSERT_EQ(fed({all.substr(0, a), all.substr(a, b - a), all.substr(b)}), expected)
            << a << ' ' << b;
    }
}

TEST(SipFramerPieces, ShortRaggedPiecesGiveTheSame) {
    const auto bytes = busy_stream();
    const auto expected = fed({bytes});
    std::mt19937 random(5062);
    for (int round = 0; round < 50; ++round) {
        stream s;
        for (std::size_t at = 0; at < bytes.size();) {
            const auto size = std::min<std::size_t>(1 + random() % 9, bytes.size() - at);
            s.feed(std::string_view(bytes).substr(at, size));
            at += size;
        }
        ASSERT_EQ(s.events(), expected) << round;
    }
}

TEST(SipFramerPieces, AFaultBehindGoodMessagesDoesNotHideThem) {
    const auto bytes = busy_stream() + "A b SIP/2.0\r\nl: x\r\n\r\n";
    const auto expected = fed({bytes});
    ASSERT_EQ(expected.size(), 8u);
    EXPECT_EQ(expected[7].why, errc::content_length_malformed);
    EXPECT_EQ(fed_byte_by_byte(bytes), expected);
}

TEST(SipFramerPieces, NoTruncatedMessageIsAMessage) {
    for (const auto message : {messages::lync_2010_service, messages::sipe_service,
                               messages::compact_message, messages::short_options}) {
        for (std::size_t size = 0; size < message.size(); ++size) {
            const framed one(message.substr(0, size));
            ASSERT_EQ(one.got().kind, kind::need_more) << size;
            ASSERT_EQ(one.got().consumed, 0u);
        }
    }
}

TEST(SipFramerPieces, WhileAMessageIsUnfinishedItIsInside) {
    const auto message = messages::compact_message;
    stream s;
    for (std::size_t i = 0; i + 1 < message.size(); ++i) {
        s.feed(message.substr(i, 1));
        ASSERT_TRUE(s.inside_message()) << i;
    }
    s.feed(message.substr(message.size() - 1));
    EXPECT_FALSE(s.inside_message());
}

// answer_is_one_message: whatever was read, what is written for it is one message with that body.
void expect_answer_is_one_message(const header_table& table) {
    const auto parsed = parse_request(table);
    if (!parsed.value.top_via) {
        ASSERT_TRUE(parsed.why == errc::missing_via || parsed.why == errc::malformed_via);
        return;
    }
    response_head head;
    head.reason = "OK";
    head.to_tag = "t";
    head.content_type = "text/plain";
    head.body_size = 6;
    text_buffer out;
    write_response_head(out, parsed.value, {"192.0.2.1", 5060}, head);
    out.put("answer");
    const framed written(out.text());
    ASSERT_TRUE(written.is_whole()) << out.text();
    ASSERT_EQ(written.body(), "answer");
    ASSERT_TRUE(parse_response(written.table()).has_value());
}

void expect_safe(const std::string& damaged) {
    const framed one(damaged);
    ASSERT_LE(one.got().consumed, damaged.size());
    if (one.got().kind == kind::need_more || one.got().kind == kind::keep_alive) return;
    expect_answer_is_one_message(one.table());
}

TEST(SipFramerPieces, EveryFlippedBitIsSafe) {
    for (const auto message : {messages::lync_2010_service, messages::compact_message,
                               messages::short_options, messages::ok_response}) {
        for (std::size_t bit = 0; bit < message.size() * 8; ++bit) {
            std::string damaged(message);
            damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
            ASSERT_NO_FATAL_FAILURE(expect_safe(damaged)) << bit;
        }
    }
}

TEST(SipFramerPieces, EveryDroppedAndEveryRepeatedOctetIsSafe) {
    const auto message = messages::lync_2010_service;
    for (std::size_t at = 0; at < message.size(); ++at) {
        std::string dropped(message), repeated(message);
        dropped.erase(at, 1);
        repeated.insert(at, 1, message[at]);
        ASSERT_NO_FATAL_FAILURE(expect_safe(dropped)) << at;
        ASSERT_NO_FATAL_FAILURE(expect_safe(repeated)) << at;
    }
}

}  // namespace
}  // namespace relayauth::sip
