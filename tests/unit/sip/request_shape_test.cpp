// One request in all the shapes that RFC 3261 7.3 allows, and the small questions asked of it.
#include "relayauth/sip/request.hpp"

#include "tests/support/sip_messages.hpp"
#include "tests/unit/sip/feed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::sip {
namespace {

// header_lines splits a message's head behind its start line; each line keeps its CRLF.
std::vector<std::string> header_lines(std::string_view message) {
    std::vector<std::string> lines;
    auto at = message.find("\r\n") + 2;
    while (message.substr(at, 2) != "\r\n") {
        const auto end = message.find("\r\n", at) + 2;
        lines.emplace_back(message.substr(at, end - at));
        at = end;
    }
    return lines;
}

// recased gives a header line another spelling of its name: 0 as it is, 1 upper, 2 lower, 3
// compact.
std::string recased(const std::string& line, int spelling) {
    auto name = line.substr(0, line.find(':'));
    const auto rest = line.substr(name.size());
    const auto pick = [spelling](char c) {
        const bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        return !letter ? c : static_cast<char>(spelling == 1 ? c & ~0x20 : c | 0x20);
    };
    if (spelling == 1 || spelling == 2)
        std::transform(name.begin(), name.end(), name.begin(), pick);
    constexpr std::array<std::array<std::string_view, 2>, 6> compact = {{{"Via", "v"},
                                                                         {"From", "f"},
                                                                         {"To", "t"},
                                                                         {"Call-ID", "i"},
                                                                         {"Content-Type", "c"},
                                                                         {"Content-Length", "l"}}};
    for (const auto& [full, letter] : compact) {
        if (spelling == 3 && name == full) name = letter;
    }
    return name + rest;
}

void expect_lync_request(const std::vector<std::string>& lines, int spelling) {
    std::string message = "SERVICE sip:edge.example.test:5062;grid SIP/2.0\r\n";
    std::string first_via;
    for (const auto& line : lines) {
        message += recased(line, spelling);
        if (first_via.empty() && line.starts_with("Via: ")) first_via = line.substr(17);
    }
    message += "\r\n";
    message += messages::lync_2010_body;
    const framed one(message);
    ASSERT_TRUE(one.is_whole()) << message;
    ASSERT_EQ(one.body(), messages::lync_2010_body);
    const auto got = parse_request(one.table());
    ASSERT_EQ(got.why, std::nullopt) << message;
    ASSERT_EQ(got.value.top_via->host, first_via.substr(0, first_via.find(':')));
    ASSERT_EQ(got.value.from.substr(0, 15), "\"Alice Example\"");
    ASSERT_EQ(got.value.to.substr(0, 10), "<sip:edge.");
    ASSERT_EQ(got.value.call_id, "8c7b6a5948372615f4e3d2c1b0a99887");
    ASSERT_EQ(got.value.cseq, "1 SERVICE");
    ASSERT_EQ(got.value.content_type, "application/msrtc-media-relay-auth+xml");
}

TEST(SipRequestShape, HeadersMayComeInEveryRotationAndSpelling) {
    auto lines = header_lines(messages::lync_2010_service);
    ASSERT_EQ(lines.size(), 14u);
    for (std::size_t turn = 0; turn < lines.size(); ++turn) {
        for (int spelling = 0; spelling < 4; ++spelling) expect_lync_request(lines, spelling);
        std::rotate(lines.begin(), lines.begin() + 1, lines.end());
    }
    std::reverse(lines.begin(), lines.end());
    expect_lync_request(lines, 0);
}

TEST(SipRequestShape, HeadersMayComeInAnyOrder) {
    auto lines = header_lines(messages::lync_2010_service);
    std::mt19937 random(2010);
    for (int round = 0; round < 500; ++round) {
        std::shuffle(lines.begin(), lines.end(), random);
        ASSERT_NO_FATAL_FAILURE(expect_lync_request(lines, round % 4));
    }
}

// `^` marks where white space may stand, `|` where it must (RFC 3261 25.1).
constexpr std::string_view foldable =
    "SERVICE sip:mras SIP/2.0\r\n"
    "Via:^SIP^/^2.0^/^TLS|h.test^:^5061^;^branch^=^z9hG4bK1^;^rport^,^SIP/2.0/TLS|i.test^\r\n"
    "From:^\"A|;tag=x\"^<sip:a@example.test>^;^tag^=^1^\r\n"
    "To:^\"B|Bee\"^<sip:b@example.test;tag=2>^;^x^=^tag^\r\n"
    "Call-ID:^c1^\r\n"
    "CSeq:^7|SERVICE^\r\n"
    "Content-Type:^text/plain^;^charset^=^utf-8^\r\n"
    "Content-Length:^4^\r\n"
    "\r\n"
    "body";

// spaced writes the foldable message with `fold` at mark number `which`; at all marks if negative.
std::string spaced(std::string_view fold, int which) {
    std::string out;
    int mark = 0;
    for (const char c : foldable) {
        if (c != '^' && c != '|') {
            out += c;
            continue;
        }
        if (which < 0 || mark == which)
            out += fold;
        else if (c == '|')
            out += ' ';
        ++mark;
    }
    return out;
}

void expect_foldable_request(const std::string& message) {
    const framed one(message);
    ASSERT_TRUE(one.is_whole()) << message;
    ASSERT_EQ(one.body(), "body");
    const auto got = parse_request(one.table());
    ASSERT_EQ(got.why, std::nullopt) << message;
    ASSERT_EQ(one.table().count, 7u);
    ASSERT_EQ(got.value.top_via->host, "h.test") << message;
    ASSERT_TRUE(got.value.top_via->empty_rport_end) << message;
    ASSERT_TRUE(has_tag(got.value.from)) << message;
    ASSERT_FALSE(has_tag(got.value.to)) << message;
    ASSERT_EQ(got.value.call_id, "c1");
    ASSERT_EQ(got.value.cseq_number, 7u);
    ASSERT_TRUE(media_type_is(got.value.content_type, "text/plain")) << message;
}

TEST(SipRequestShape, MayBeFoldedAtEveryLegalPlace) {
    const auto marks = std::count_if(foldable.begin(), foldable.end(),
                                     [](char c) { return c == '^' || c == '|'; });
    ASSERT_EQ(marks, 47);
    for (const auto* fold : {" ", "\t", "  ", "\r\n ", "\r\n\t", " \r\n  ", "\n ", "\r\n \r\n "}) {
        for (int which = -1; which < marks; ++which) expect_foldable_request(spaced(fold, which));
    }
    expect_foldable_request(spaced("", 1000));
}

bool tagged(std::string_view from_or_to) {
    const auto octets = heap_copy(from_or_to);
    return has_tag({octets.data(), octets.size()});
}

TEST(SipRequestShape, FindsATagBehindTheBrackets) {
    for (const auto* value :
         {"<sip:a>;tag=1", "\"A\" <sip:a>;tag=1", "A <sip:a>;x=y;tag=1;z", "<sip:a>;TAG=1",
          "<sip:a> ; tag = 1", "<sip:a>\r\n ;\r\n tag\r\n =1", "sip:a@b;tag=1", "sip:a@b;x;tag=1",
          "<sip:a;tag=1>;tag=2", "<sip:a>;x=\";\";tag=1", R"("\"<;" <sip:a>;tag=1)",
          R"("\\" <sip:a>;tag=1)", "<sip:a?x=\">;tag=1", "<sip:a>;;tag=1"}) {
        EXPECT_TRUE(tagged(value)) << value;
    }
}

TEST(SipRequestShape, FindsNoTagElsewhere) {
    for (const auto* value :
         {"", "<sip:a>", "sip:a", "<sip:a;tag=1>", "\"x;tag=1\" <sip:a>", "\"<x>;tag=1\" <sip:a>",
          R"("x\";tag=1" <sip:a>)", "<sip:a>;x=tag", "<sip:a>;xtag=1", "<sip:a>;tags=1",
          "<sip:a>;x=\";tag=1\"", "<sip:a>;ta", "<sip:a>tag=1", "x;tag=1 <sip:a>",
          "<sip:a>;x=\"\\\";tag=1\"", "<sip:tag>;epid=1", "<sip:a>;", "\"\\"}) {
        EXPECT_FALSE(tagged(value)) << value;
    }
}

// A second tag parameter beside it would be wrong too, so it counts as one.
TEST(SipRequestShape, ATagWithoutAValueIsATag) {
    EXPECT_TRUE(has_tag("<sip:a>;tag"));
    EXPECT_TRUE(has_tag("<sip:a>;tag;x=1"));
    EXPECT_TRUE(has_tag("<sip:a>;tag="));
}

TEST(SipRequestShape, ComparesMediaTypesWithoutCaseAndParameters) {
    for (const auto* type : {"text/xml", "TEXT/Xml", "text/xml;charset=utf-8", "text/xml ; x",
                             "text/xml\r\n ;x", "text/xml;"}) {
        EXPECT_TRUE(media_type_is(type, "text/xml")) << type;
    }
    for (const auto* type : {"", "text", "text/xmls", "text/xm", "xtext/xml", "text/*", ";text/xml",
                             "application/xml", "text/xml, text/xml"}) {
        EXPECT_FALSE(media_type_is(type, "text/xml")) << type;
    }
}

TEST(SipRequestShape, SortsMethodsWhichAreCaseSensitive) {
    EXPECT_EQ(kind_of("SERVICE"), method_kind::service);
    EXPECT_EQ(kind_of("OPTIONS"), method_kind::options);
    EXPECT_EQ(kind_of("ACK"), method_kind::ack);
    EXPECT_EQ(kind_of("CANCEL"), method_kind::cancel);
    for (const auto* method : {"INVITE", "BYE", "REGISTER", "INFO", "PRACK", "UPDATE", "SUBSCRIBE",
                               "NOTIFY", "MESSAGE", "REFER", "PUBLISH", "NEGOTIATE", "BENOTIFY"}) {
        EXPECT_EQ(kind_of(method), method_kind::other_known) << method;
    }
    for (const auto* method :
         {"", "service", "Options", "ack", "cancel", "invite", "SERVICES", "SERVIC", "GET", "X"}) {
        EXPECT_EQ(kind_of(method), method_kind::unknown) << method;
    }
}

service_request client_request() {
    service_request value;
    value.uri = "sip:mras@example.test";
    value.to_uri = "sip:mras@example.test;gruu";
    value.from_uri = "sip:bob@example.test";
    value.from_tag = "4711";
    value.call_id = "c0ffee";
    value.branch = "9a8b";
    value.transport = "TLS";
    value.sent_by = "192.0.2.7:50001";
    value.cseq_number = 12;
    value.date = "Sun, 22 Nov 2026 09:30:54 GMT";
    value.content_type = "text/xml";
    value.body = "<request/>";
    return value;
}

TEST(SipRequestShape, WritesAServiceRequest) {
    std::string out = "before";
    write_service_request(out, client_request());
    EXPECT_EQ(out,
              "before"
              "SERVICE sip:mras@example.test SIP/2.0\r\n"
              "Via: SIP/2.0/TLS 192.0.2.7:50001;branch=z9hG4bK9a8b;rport\r\n"
              "Max-Forwards: 70\r\n"
              "From: <sip:bob@example.test>;tag=4711\r\n"
              "To: <sip:mras@example.test;gruu>\r\n"
              "Call-ID: c0ffee\r\n"
              "CSeq: 12 SERVICE\r\n"
              "Date: Sun, 22 Nov 2026 09:30:54 GMT\r\n"
              "User-Agent: relayauth\r\n"
              "Content-Type: text/xml\r\n"
              "Content-Length: 10\r\n"
              "\r\n"
              "<request/>");
}

TEST(SipRequestShape, LeavesOutADateThatIsNotKnown) {
    auto value = client_request();
    value.date = {};
    std::string out;
    write_service_request(out, value);
    EXPECT_EQ(out.find("Date"), std::string::npos);
}

TEST(SipRequestShape, ReadsWhatItWrites) {
    std::string out;
    write_service_request(out, client_request());
    const framed one(out);
    ASSERT_TRUE(one.is_whole());
    const auto got = parse_request(one.table());
    EXPECT_EQ(got.why, std::nullopt);
    EXPECT_EQ(got.value.cseq_number, 12u);
    EXPECT_TRUE(got.value.top_via->empty_rport_end);
    EXPECT_EQ(one.body(), "<request/>");
}

}  // namespace
}  // namespace relayauth::sip
