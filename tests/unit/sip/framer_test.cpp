#include "relayauth/sip/framer.hpp"

#include "tests/support/sip_messages.hpp"
#include "tests/unit/sip/feed.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace relayauth::sip {
namespace {

using kind = enum step::kind;

std::vector<kind> kinds(const std::vector<event>& events) {
    std::vector<kind> out;
    for (const auto& each : events) out.push_back(each.kind);
    return out;
}

TEST(SipFramer, LaysOutTheMessageOfALyncClient) {
    const auto events = fed({messages::lync_2010_service});
    ASSERT_EQ(kinds(events), std::vector{kind::message});
    const auto& got = events[0];
    EXPECT_EQ(got.start_line, "SERVICE sip:edge.example.test:5062;grid SIP/2.0");
    EXPECT_EQ(got.body, messages::lync_2010_body);
    ASSERT_EQ(got.headers.size(), 14u);
    EXPECT_EQ(got.headers[0].first, "Record-Route");
    EXPECT_EQ(got.headers[3].first, "Content-Length");
    EXPECT_EQ(got.headers[3].second, "447");
    EXPECT_EQ(got.headers[5].first, "Via");
    EXPECT_EQ(got.headers[5].second,
              "SIP/2.0/TLS 10.1.2.9:50873;ms-received-port=50873;ms-received-cid=1A2B00");
    EXPECT_EQ(got.headers[9].second, "1 SERVICE");
    EXPECT_EQ(got.headers[13].second, "application/msrtc-media-relay-auth+xml");
}

TEST(SipFramer, TakesExactlyOneMessage) {
    for (const auto message :
         {messages::lync_2010_service, messages::sipe_service, messages::short_options,
          messages::compact_message, messages::negotiate, messages::ok_response}) {
        EXPECT_TRUE(framed(message).is_whole()) << message;
    }
    EXPECT_EQ(framed(messages::compact_message).body(), "Hi");
}

TEST(SipFramer, IdentifiesHeadersAndTrimsThem) {
    const framed one(
        "A b C\r\nto:x\r\nV \t:\t y \r\nX-Any:\r\nFrom:  a\t\r\n  b\r\n\t\r\nl: 0\r\n\r\n");
    ASSERT_TRUE(one.is_whole());
    const auto headers = one.table().headers();
    ASSERT_EQ(headers.size(), 5u);
    EXPECT_EQ(headers[0].id, header_id::to);
    EXPECT_EQ(headers[0].value, "x");
    EXPECT_EQ(headers[1].id, header_id::via);
    EXPECT_EQ(headers[1].name, "V");
    EXPECT_EQ(headers[1].value, "y");
    EXPECT_EQ(headers[2].id, header_id::other);
    EXPECT_EQ(headers[2].name, "X-Any");
    EXPECT_EQ(headers[2].value, "");
    EXPECT_EQ(headers[3].value, "a\t\r\n  b");
    EXPECT_EQ(headers[4].id, header_id::content_length);
}

TEST(SipFramer, GivesALineWithoutColonNoName) {
    const framed one("A b C\r\nVia\r\n : folded name\r\nno colon\r\n: none\r\nl:0\r\n\r\n");
    ASSERT_TRUE(one.is_whole());
    ASSERT_EQ(one.table().count, 4u);
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& each = one.table().entries[i];
        EXPECT_EQ(each.id, header_id::other) << i;
        EXPECT_FALSE(is_token(each.name)) << i;
    }
}

TEST(SipFramer, AFoldBeforeTheFirstHeaderContinuesNothing) {
    const std::string folded = "A b C\r\n Content-Length: 0\r\n";
    EXPECT_TRUE(breaks_with(folded + "\r\n", errc::content_length_missing));
    const framed one(folded + "l: 0\r\n\r\n");
    ASSERT_TRUE(one.is_whole());
    EXPECT_FALSE(is_token(one.table().entries[0].name));
}

TEST(SipFramer, BelievesOnlyTheContentLengthHeader) {
    for (const auto* decoy :
         {"From: \"Content-Length: 5\" <sip:a@b>;tag=1\r\n", "Subject: Content-Length: 5\r\n",
          "X-Content-Length: 5\r\n", "Content-Length-X: 5\r\n", "Content-Lengthy: 5\r\n",
          "X-Note: a\r\n Content-Length: 5\r\n", "X-Note: a\r\n\tl: 5\r\n",
          "X-Note:\r\n Content-Length: 5\r\n", "Contact: <sip:a@b?Content-Length: 5>\r\n",
          "Content-Length X: 5\r\n", "\"Content-Length: 5\"\r\n"}) {
        for (const bool before : {true, false}) {
            const std::string length = "Content-Length: 3\r\n";
            const auto message =
                "SERVICE a SIP/2.0\r\n" + (before ? decoy + length : length + decoy) + "\r\nabc";
            const framed one(message);
            EXPECT_TRUE(one.is_whole()) << message;
            EXPECT_EQ(one.body(), "abc");
        }
    }
}

TEST(SipFramer, DoesNotLookIntoTheBody) {
    const std::string_view body = "\r\n\r\nContent-Length: 5\r\n\r\nSERVICE a SIP/2.0\r\n\r\n";
    ASSERT_EQ(body.size(), 46u);
    const auto first = "SERVICE a SIP/2.0\r\nContent-Length: 46\r\n\r\n" + std::string(body);
    const auto events = fed({first + "B b SIP/2.0\r\nl:0\r\n\r\n"});
    ASSERT_EQ(kinds(events), (std::vector{kind::message, kind::message}));
    EXPECT_EQ(events[0].body, body);
    EXPECT_EQ(events[1].start_line, "B b SIP/2.0");
}

TEST(SipFramer, XmlThatQuotesAContentLengthIsBody) {
    const framed one(
        "SERVICE a SIP/2.0\r\nl: 36\r\n\r\n<x note=\"Content-Length: 5\">\r\n\r\n</x>");
    EXPECT_TRUE(one.is_whole());
    EXPECT_EQ(one.body().size(), 36u);
}

TEST(SipFramer, DrainsPipelinedMessagesInOrder) {
    std::string bytes;
    for (int i = 0; i < 3; ++i) {
        bytes += messages::lync_2010_service;
        bytes += messages::short_options;
        bytes += messages::sipe_service;
    }
    const auto events = fed({bytes});
    EXPECT_EQ(kinds(events), std::vector<kind>(9, kind::message));
    EXPECT_EQ(events[4].start_line, "OPTIONS sip:mras SIP/2.0");
    EXPECT_EQ(events[4].body, "");
    EXPECT_EQ(events[6].body, messages::lync_2010_body);
    EXPECT_EQ(fed_byte_by_byte(bytes), events);
}

TEST(SipFramer, KeepsTheBeginningOfTheNextMessage) {
    stream s;
    s.feed(std::string(messages::short_options) + "SERV");
    EXPECT_EQ(kinds(s.events()), std::vector{kind::message});
    EXPECT_EQ(s.pending(), "SERV");
    EXPECT_TRUE(s.inside_message());
    s.feed("ICE a SIP/2.0\r\nl:0\r\n\r\n");
    ASSERT_EQ(s.events().size(), 2u);
    EXPECT_EQ(s.events()[1].start_line, "SERVICE a SIP/2.0");
    EXPECT_FALSE(s.inside_message());
}

TEST(SipFramer, LaysTheTableOutAgainWhenAnotherConnectionUsedIt) {
    const std::string first = "A a SIP/2.0\r\nX: 1\r\nl: 2\r\n\r\n";
    const std::string other = "B b SIP/2.0\r\nl: 0\r\nY: 2\r\nZ: 3\r\n\r\n";
    const limits bounds;
    framer one(bounds), two(bounds);
    header_table table;
    auto part = heap_copy(first + "h");
    EXPECT_EQ(one.next(part, table).kind, kind::need_more);
    auto between = heap_copy(other);
    EXPECT_EQ(two.next(between, table).kind, kind::message);
    auto whole = heap_copy(first + "hi");
    EXPECT_EQ(one.next(whole, table).kind, kind::message);
    EXPECT_EQ(table.start_line, "A a SIP/2.0");
    ASSERT_EQ(table.count, 2u);
    EXPECT_EQ(table.entries[0].value, "1");
}

TEST(SipFramer, ALineWithoutColonShowsNothingOfTheTablesLastMessage) {
    const limits bounds;
    framer one(bounds);
    header_table table;
    auto before = heap_copy("A a SIP/2.0\r\nVia: 1\r\nl: 0\r\n\r\n");
    EXPECT_EQ(one.next(before, table).kind, kind::message);
    auto after = heap_copy("A a SIP/2.0\r\nno colon \r\nl: 0\r\n\r\n");
    EXPECT_EQ(one.next(after, table).kind, kind::message);
    EXPECT_EQ(table.entries[0].id, header_id::other);
    EXPECT_EQ(table.entries[0].name, "");
    EXPECT_EQ(table.entries[0].value, "no colon");
}

// The head is laid out only when it may be complete, so a mark in the table shows a needless look.
TEST(SipFramer, DoesNotLayOutAnUnfinishedHeadAgain) {
    const std::string message = "A b SIP/2.0\r\nVia: x\n y\r\nl: 0\r\n\r\n";
    const limits bounds;
    framer one(bounds);
    header_table table;
    for (std::size_t size = 1; size < message.size(); ++size) {
        auto octets = heap_copy(message.substr(0, size));
        table.count = 77;
        EXPECT_EQ(one.next(octets, table).kind, kind::need_more);
        EXPECT_EQ(table.count, size == 1 ? 0u : 77u) << size;
    }
    auto whole = heap_copy(message);
    EXPECT_EQ(one.next(whole, table).kind, kind::message);
    EXPECT_EQ(table.count, 2u);
}

TEST(SipFramer, AcceptsLinesThatEndInLfOnly) {
    const framed one("A b C\nVia: x\n y\nContent-Length: 3\n\nabc");
    ASSERT_TRUE(one.is_whole());
    EXPECT_EQ(one.table().entries[0].value, "x\n y");
    EXPECT_EQ(one.body(), "abc");
    for (const auto* head : {"A b C\nl: 0\n\n", "A b C\r\nl: 0\n\r\n", "A b C\nl: 0\r\n\n"}) {
        EXPECT_EQ(kinds(fed_byte_by_byte(head)), std::vector{kind::message}) << head;
    }
    EXPECT_TRUE(framed("A b C\r\nl: 1\n\r\nx").is_whole());
    EXPECT_TRUE(framed("A b C\nl: 1\r\n\nx").is_whole());
}

TEST(SipFramer, SkipsOneLineBreakBeforeAMessage) {
    for (const auto* lead : {"\r\n", "\n"}) {
        const auto bytes = lead + std::string(messages::short_options);
        EXPECT_EQ(kinds(fed({bytes})), std::vector{kind::message});
        EXPECT_EQ(kinds(fed_byte_by_byte(bytes)), std::vector{kind::message});
    }
    const auto twice = std::string(messages::short_options) + "\r\n" +
                       std::string(messages::short_options) + "\r\n";
    EXPECT_EQ(kinds(fed({twice})), (std::vector{kind::message, kind::message}));
}

TEST(SipFramer, ADoubleLineBreakIsAKeepAlive) {
    EXPECT_EQ(kinds(fed({"\r\n\r\n"})), std::vector{kind::keep_alive});
    EXPECT_EQ(kinds(fed_byte_by_byte("\r\n\r\n")), std::vector{kind::keep_alive});
    EXPECT_EQ(kinds(fed({"\r", "\n\r", "\n"})), std::vector{kind::keep_alive});
    EXPECT_EQ(kinds(fed({"\r\n", "\r\n"})), std::vector{kind::keep_alive});
    EXPECT_EQ(kinds(fed({"\r\n\r\n\r\n"})), std::vector{kind::keep_alive});
    EXPECT_EQ(kinds(fed({"\r\n\r\n\r\n\r\n"})), (std::vector{kind::keep_alive, kind::keep_alive}));
    EXPECT_TRUE(fed({"\r\n"}).empty());
    EXPECT_TRUE(fed({"\r"}).empty());
    EXPECT_TRUE(fed({""}).empty());
}

TEST(SipFramer, AMessageBetweenTwoLineBreaksMakesNoKeepAlive) {
    const auto bytes = "\r\n" + std::string(messages::short_options) + "\r\n" +
                       std::string(messages::short_options);
    EXPECT_EQ(kinds(fed({bytes})), (std::vector{kind::message, kind::message}));
    EXPECT_EQ(fed({"\r\n", std::string(messages::short_options), "\r\n"}).size(), 1u);
}

TEST(SipFramer, LineBreaksAreNoMessageUnderWay) {
    stream s;
    s.feed("\r\n\r");
    EXPECT_FALSE(s.inside_message());
    s.feed("\n\r\nO");
    EXPECT_TRUE(s.inside_message());
    EXPECT_EQ(s.pending(), "O");
}

}  // namespace
}  // namespace relayauth::sip
