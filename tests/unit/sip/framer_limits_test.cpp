// What the framer refuses: everything that loses the framing.
#include "relayauth/sip/framer.hpp"
#include "relayauth/sip/request.hpp"

#include "tests/support/sip_messages.hpp"
#include "tests/unit/sip/feed.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace relayauth::sip {
namespace {

using kind = enum step::kind;

// with_length is a message whose Content-Length lines are `lines`, with four octets behind.
std::string with_length(std::string_view lines) {
    return "SERVICE a SIP/2.0\r\nVia: SIP/2.0/TCP h\r\n" + std::string(lines) + "\r\nbody";
}

TEST(SipFramerLimits, RefusesAMessageWithoutContentLength) {
    EXPECT_TRUE(breaks_with(with_length(""), errc::content_length_missing));
    EXPECT_TRUE(breaks_with(with_length("Content-Length 4\r\n"), errc::content_length_missing));
    EXPECT_TRUE(breaks_with(messages::http_get, errc::content_length_missing));
}

TEST(SipFramerLimits, RefusesAContentLengthThatIsNoNumber) {
    for (const auto* value :
         {"",     " ",           "-1",           "-4",          "+4",
          "+5",   "4a",          "a4",           "0x4",         "4.0",
          "4 4",  "4,4",         "4;x",          "\"4\"",       "4\r\n 4",
          "four", "12345678901", "999999999999", "00000000004", "18446744073709551620",
          "-",    "\xD9\xA4"}) {
        for (const auto* name : {"Content-Length: ", "l:"}) {
            const auto line = std::string(name) + value + "\r\n";
            EXPECT_TRUE(breaks_with(with_length(line), errc::content_length_malformed)) << value;
        }
    }
}

TEST(SipFramerLimits, ReadsAContentLengthHoweverItIsWritten) {
    for (const auto* line :
         {"Content-Length: 4\r\n", "l:4\r\n", "L : 4 \r\n", "CONTENT-LENGTH:\t4\r\n",
          "Content-Length:\r\n 4\r\n", "Content-Length: 4\r\n \r\n",
          "content-length:0000000004\r\n", "Content-Length \t:4\n"}) {
        const framed one(with_length(line));
        EXPECT_TRUE(one.is_whole()) << line;
        EXPECT_EQ(one.body(), "body");
    }
}

TEST(SipFramerLimits, TwoEqualContentLengthsDoNoHarm) {
    EXPECT_TRUE(framed(with_length("Content-Length: 4\r\nContent-Length: 4\r\n")).is_whole());
    EXPECT_TRUE(framed(with_length("l: 4\r\nX: y\r\nContent-Length: 04\r\n")).is_whole());
}

TEST(SipFramerLimits, RefusesTwoContentLengthsThatDiffer) {
    for (const auto* lines :
         {"Content-Length: 4\r\nContent-Length: 3\r\n",
          "Content-Length: 3\r\nContent-Length: 4\r\n", "l: 4\r\nContent-Length: 0\r\n",
          "Content-Length: 4\r\nX: y\r\nl: 5\r\n", "l: 4\r\nl: 4\r\nl: 5\r\n"}) {
        EXPECT_TRUE(breaks_with(with_length(lines), errc::content_lengths_differ)) << lines;
    }
    EXPECT_TRUE(breaks_with(with_length("l: 4\r\nl: x\r\n"), errc::content_length_malformed));
}

TEST(SipFramerLimits, RefusesWhatCannotBeginAMessage) {
    EXPECT_TRUE(breaks_with(messages::tls_client_hello, errc::not_sip));
    for (int octet = 0; octet < 256; ++octet) {
        const char c = static_cast<char>(octet);
        if (c == '\r' || c == '\n') continue;
        const auto events = fed({std::string_view(&c, 1)});
        ASSERT_EQ(events.empty(), is_token_character(c)) << octet;
        if (events.empty()) continue;
        EXPECT_EQ(events[0].why, errc::not_sip) << octet;
    }
}

TEST(SipFramerLimits, RefusesJunkBehindALineBreakOrAMessage) {
    EXPECT_TRUE(breaks_with("\r\n\x16", errc::not_sip));
    EXPECT_TRUE(breaks_with("\r\n :", errc::not_sip));
    EXPECT_TRUE(breaks_with("\rS", errc::not_sip));
    EXPECT_TRUE(breaks_with("\r\r\n", errc::not_sip));
    EXPECT_TRUE(breaks_with("\n\rS", errc::not_sip));
    const auto events = fed({messages::short_options, "<", messages::short_options});
    ASSERT_EQ(events.size(), 2u);
    EXPECT_EQ(events[1].kind, kind::broken);
    EXPECT_EQ(events[1].why, errc::not_sip);
}

TEST(SipFramerLimits, RefusesLoneCrAndNulInTheHead) {
    for (const auto& bad : {std::string("\r"), std::string("\0", 1)}) {
        for (const auto* place : {"sip:mras", " SIP/2.0\r\n", "Via", "monitor", ": ping-1"}) {
            const auto bytes = replaced(messages::short_options, place, bad + place);
            EXPECT_TRUE(breaks_with(bytes, errc::control_character)) << place;
        }
        const auto at_end = replaced(messages::short_options, "ping-1", "ping-1" + bad);
        EXPECT_TRUE(breaks_with(at_end, errc::control_character));
        const auto in_fold = replaced(messages::short_options, "ping-1", "ping\r\n " + bad + "-1");
        EXPECT_TRUE(breaks_with(in_fold, errc::control_character));
    }
}

TEST(SipFramerLimits, AllowsAnyOctetInTheBody) {
    const std::string_view body("\r\0\n\xFF\r\n", 6);
    const auto message = "A b SIP/2.0\r\nl: 6\r\n\r\n" + std::string(body);
    EXPECT_EQ(framed(message).body(), body);
}

TEST(SipFramerLimits, MessageMayBeExactlyAsLongAsTheLimit) {
    const std::string message = "A b SIP/2.0\r\nl: 5\r\n\r\n12345";
    limits bounds;
    bounds.max_message_bytes = message.size();
    EXPECT_TRUE(framed(message, bounds).is_whole());
    EXPECT_EQ(fed_byte_by_byte(message, bounds).size(), 1u);
    bounds.max_message_bytes = message.size() - 1;
    EXPECT_TRUE(breaks_with(message, errc::message_too_long, bounds));
}

TEST(SipFramerLimits, DefaultMessageLimitIs512KiB) {
    const std::string head = "SERVICE a SIP/2.0\r\nl:      524250\r\n\r\n";
    ASSERT_EQ(head.size() + 524251, 512u * 1024);
    const framed at_limit(replaced(head, "524250", "524251"));
    EXPECT_EQ(at_limit.got().kind, kind::need_more);
    EXPECT_TRUE(breaks_with(replaced(head, "524250", "524252"), errc::message_too_long));
    EXPECT_TRUE(framed(replaced(head, "524250", "524251") + std::string(524251, 'x')).is_whole());
}

TEST(SipFramerLimits, SaysTooLongBeforeTheBodyArrives) {
    EXPECT_TRUE(breaks_with("A b C\r\nl: 9999999999\r\n\r\n", errc::message_too_long));
    const auto events = fed({"A b C\r\nl: 524288\r\n\r", "\n"});
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].why, errc::message_too_long);
}

// head_of is a head of exactly `size` octets, its empty line included.
std::string head_of(std::size_t size) {
    const std::string begin = "A b SIP/2.0\r\nl:0\r\nX: ", end = "\r\n\r\n";
    return begin + std::string(size - begin.size() - end.size(), 'x') + end;
}

TEST(SipFramerLimits, HeaderBlockMayBeExactlyAsLongAsTheLimit) {
    const auto at_limit = head_of(16 * 1024);
    EXPECT_TRUE(framed(at_limit).is_whole());
    EXPECT_EQ(fed_byte_by_byte(at_limit).size(), 1u);
    EXPECT_EQ(fed({at_limit + std::string(messages::short_options)}).size(), 2u);
    EXPECT_TRUE(breaks_with(head_of(16 * 1024 + 1), errc::headers_too_long));
}

TEST(SipFramerLimits, HeaderBlockLimitCountsNeitherBodyNorLineBreaksBefore) {
    limits bounds;
    bounds.max_header_bytes = 64;
    auto message = "\r\n" + replaced(head_of(64), "l:0", "l:9") + "123456789";
    EXPECT_EQ(fed({message}, bounds).size(), 1u);
    EXPECT_EQ(fed_byte_by_byte(message, bounds)[0].body, "123456789");
    EXPECT_TRUE(breaks_with(head_of(65), errc::headers_too_long, bounds));
}

TEST(SipFramerLimits, HeaderBlockOverTheLimitIsRefusedAsSoonAsItIs) {
    limits bounds;
    bounds.max_header_bytes = 64;
    for (const bool with_lines : {true, false}) {
        stream s(bounds);
        const auto junk = with_lines ? head_of(80) : std::string(80, 'x');
        for (std::size_t i = 0; i < 64; ++i) s.feed(junk.substr(i, 1));
        EXPECT_TRUE(s.events().empty());
        s.feed(junk.substr(64, 1));
        ASSERT_TRUE(s.broken());
        EXPECT_EQ(s.events()[0].why, errc::headers_too_long);
    }
}

std::string with_headers(int count) {
    std::string message = "A b SIP/2.0\r\n";
    for (int i = 1; i < count; ++i) message += "X: y\r\n z\r\n";  // a fold counts as no header
    return message + "l: 0\r\n\r\n";
}

TEST(SipFramerLimits, HeadersMayBeExactlyAsManyAsTheLimit) {
    EXPECT_TRUE(framed(with_headers(100)).is_whole());
    EXPECT_EQ(fed_byte_by_byte(with_headers(100)).size(), 1u);
    EXPECT_TRUE(breaks_with(with_headers(101), errc::too_many_headers));
    limits bounds;
    bounds.max_headers = 1;
    EXPECT_TRUE(framed(with_headers(1), bounds).is_whole());
    EXPECT_TRUE(breaks_with(with_headers(2), errc::too_many_headers, bounds));
}

TEST(SipFramerLimits, NoSettingAllowsMoreHeadersThanTheTableHolds) {
    limits bounds;
    bounds.max_headers = 10'000;
    EXPECT_TRUE(framed(with_headers(256), bounds).is_whole());
    EXPECT_TRUE(breaks_with(with_headers(257), errc::too_many_headers, bounds));
}

// A table that an earlier message left full of Via lines must not show through.
void expect_no_stale_header(std::string_view bytes, errc why, std::size_t headers,
                            const limits& bounds = {}) {
    const std::string_view start_line = headers == 0 ? "" : "A b SIP/2.0";
    header_table table;
    const std::string earlier = "A b SIP/2.0\r\nVia: 1\r\nVia: 2\r\nVia: 3\r\nl: 0\r\n\r\n";
    const limits usual;
    framer before(usual), after(bounds);
    auto first = heap_copy(earlier);
    EXPECT_EQ(before.next(first, table).kind, kind::message);
    auto second = heap_copy(bytes);
    const auto got = after.next(second, table);
    EXPECT_EQ(got.kind, kind::broken);
    EXPECT_EQ(got.why, why);
    EXPECT_EQ(table.start_line, start_line);
    EXPECT_EQ(table.count, headers);
    for (const auto& each : table.headers()) {
        EXPECT_EQ(each.id, header_id::call_id) << bytes;
        EXPECT_EQ(each.name, "Call-ID") << bytes;
        EXPECT_EQ(each.value, "c1") << bytes;
    }
}

TEST(SipFramerLimits, WhenBrokenTheTableHoldsTheHeadersReadSoFar) {
    const std::string begin = "A b SIP/2.0\r\nCall-ID: c1\r\nCall-ID: c1\r\n";
    expect_no_stale_header(begin + "\r\n", errc::content_length_missing, 2);
    expect_no_stale_header(begin + "To: x\ry\r\n", errc::control_character, 2);
    expect_no_stale_header(std::string("A\0b SIP/2.0\r\n", 13), errc::control_character, 0);
    expect_no_stale_header("\x16", errc::not_sip, 0);
    expect_no_stale_header("\r\n\x16", errc::not_sip, 0);
    limits narrow;
    narrow.max_header_bytes = begin.size() + 5;
    expect_no_stale_header(begin + "To: xyz\r\n\r\n", errc::headers_too_long, 2, narrow);
    limits few;
    few.max_headers = 4;
    expect_no_stale_header(begin + begin.substr(13) + "l: 0\r\n\r\n", errc::too_many_headers, 4,
                           few);
}

TEST(SipFramerLimits, AfterABreakTheMessageAtHandIsNotOver) {
    stream s;
    s.feed(with_length(""));
    EXPECT_TRUE(s.broken());
    EXPECT_TRUE(s.inside_message());
}

}  // namespace
}  // namespace relayauth::sip
