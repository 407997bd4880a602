#include "relayauth/sip/via.hpp"

#include "tests/unit/sip/feed.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace relayauth::sip {
namespace {

// host_in parses a copy of exactly `value`'s size; `none` stands for nothing.
std::string host_in(std::string_view value) {
    const auto octets = heap_copy(value);
    const auto got = parse_via({octets.data(), octets.size()});
    return got ? std::string(got->host) : "none";
}

// first_in gives the part of `value` that belongs to its first Via.
std::string first_in(std::string_view value) {
    const auto got = parse_via(value);
    return got ? std::string(value.substr(0, got->value_size)) : "none";
}

// rport_in gives what stands before the place where a port is to be filled in, else `none`.
std::string before_rport_in(std::string_view value) {
    const auto got = parse_via(value);
    return got && got->empty_rport_end ? std::string(value.substr(0, *got->empty_rport_end))
                                       : "none";
}

TEST(SipVia, ReadsHostWithAndWithoutPort) {
    EXPECT_EQ(host_in("SIP/2.0/TLS 10.1.2.3:49301;branch=z9hG4bK1"), "10.1.2.3");
    EXPECT_EQ(host_in("SIP/2.0/TLS 10.1.2.3"), "10.1.2.3");
    EXPECT_EQ(host_in("SIP/2.0/UDP fe.example.test;branch=z9"), "fe.example.test");
    EXPECT_EQ(host_in("SIP/2.0/TCP fe.example.test:5061"), "fe.example.test");
    EXPECT_EQ(host_in("sip/2.0/tcp h"), "h");
    EXPECT_EQ(host_in("SIP/2.0/UNKNOWN h"), "h");
}

TEST(SipVia, NeedsNoBranch) {
    EXPECT_EQ(host_in("SIP/2.0/TLS 10.1.2.9:50873;ms-received-port=50873;ms-received-cid=1A2B00"),
              "10.1.2.9");
}

TEST(SipVia, TakesTheBracketsOffAnIpv6Reference) {
    EXPECT_EQ(host_in("SIP/2.0/TLS [2001:db8::9:1]:5061;branch=z"), "2001:db8::9:1");
    EXPECT_EQ(host_in("SIP/2.0/TLS [::1]"), "::1");
    EXPECT_EQ(host_in("SIP/2.0/TLS [::ffff:192.0.2.1];rport"), "::ffff:192.0.2.1");
}

TEST(SipVia, AllowsWhiteSpaceAndFoldsWhereRfc3261Does) {
    EXPECT_EQ(host_in("SIP / 2.0 / TLS h.test : 5061 ; branch = z9 ; rport"), "h.test");
    EXPECT_EQ(host_in("SIP/2.0/TLS \t  h.test\t;x"), "h.test");
    EXPECT_EQ(host_in("SIP\r\n /\r\n\t2.0\r\n /\r\n TLS\r\n h.test\r\n :\r\n 5061\r\n ;x"),
              "h.test");
    EXPECT_EQ(host_in("SIP/2.0/TLS\th"), "h");
    EXPECT_EQ(host_in("SIP/2.0/TLS\n h"), "h");
}

TEST(SipVia, RefusesWhatHasNoSentProtocol) {
    for (const auto* value : {"",
                              " ",
                              "SIP",
                              "SIP/",
                              "SIP/2.0",
                              "SIP/2.0/",
                              "SIP/2.0/TLS",
                              "SIP/2.0/TLS;branch=z",
                              "SIP//TLS h",
                              "SIP/2.0/ /h",
                              "/2.0/TLS h",
                              "SIP 2.0 TLS h",
                              "SIP/2.0 TLS h",
                              "HTTP/1.1/TCP h",
                              "1.1 proxy",
                              "SIPX/2.0/TLS h",
                              "XSIP/2.0/TLS h",
                              "SI/2.0/TLS h",
                              "SIP/2.0/TLS=h",
                              "SIP/2.0/TLS/h",
                              "\"SIP\"/2.0/TLS h",
                              ",SIP/2.0/TLS h"}) {
        EXPECT_EQ(host_in(value), "none") << value;
    }
}

TEST(SipVia, RefusesWhatHasNoSentBy) {
    for (const auto* value : {"SIP/2.0/TLS ", "SIP/2.0/TLS ;branch=z", "SIP/2.0/TLS :5060",
                              "SIP/2.0/TLS []", "SIP/2.0/TLS [::1", "SIP/2.0/TLS []:5060",
                              "SIP/2.0/TLS ,SIP/2.0/TLS h", "SIP/2.0/TLS\r\n "}) {
        EXPECT_EQ(host_in(value), "none") << value;
    }
}

TEST(SipVia, EndsTheFirstValueAtItsComma) {
    EXPECT_EQ(first_in("SIP/2.0/TLS a;x=1,SIP/2.0/TLS b"), "SIP/2.0/TLS a;x=1");
    EXPECT_EQ(first_in("SIP/2.0/TLS a, SIP/2.0/TLS b, SIP/2.0/TLS c"), "SIP/2.0/TLS a");
    EXPECT_EQ(first_in("SIP/2.0/TLS a;x"), "SIP/2.0/TLS a;x");
    EXPECT_EQ(host_in("SIP/2.0/TLS a,broken"), "a");
}

TEST(SipVia, CommasAndSemicolonsInQuotesAreText) {
    const std::string quoted = R"(SIP/2.0/TLS a;x="1,2;rport;received=9")";
    EXPECT_EQ(first_in(quoted + ",SIP/2.0/TLS b"), quoted);
    EXPECT_EQ(before_rport_in(quoted), "none");
    EXPECT_FALSE(parse_via(quoted)->has_received);
    const std::string escaped = R"(SIP/2.0/TLS a;x="\",;rport\\";rport)";
    EXPECT_EQ(first_in(escaped + ",SIP/2.0/TLS b"), escaped);
    EXPECT_EQ(before_rport_in(escaped), escaped);
}

TEST(SipVia, QuotesThatDoNotEndSwallowTheRest) {
    EXPECT_EQ(first_in("SIP/2.0/TLS a;x=\"1,SIP/2.0/TLS b"), "SIP/2.0/TLS a;x=\"1,SIP/2.0/TLS b");
    EXPECT_EQ(host_in("SIP/2.0/TLS a;x=\"\\"), "a");
}

TEST(SipVia, FindsWhereAnEmptyRportEnds) {
    EXPECT_EQ(before_rport_in("SIP/2.0/TLS a;rport;branch=z"), "SIP/2.0/TLS a;rport");
    EXPECT_EQ(before_rport_in("SIP/2.0/TLS a;branch=z;rport"), "SIP/2.0/TLS a;branch=z;rport");
    EXPECT_EQ(before_rport_in("SIP/2.0/TLS a ; RPort ;b"), "SIP/2.0/TLS a ; RPort");
    EXPECT_EQ(before_rport_in("SIP/2.0/TLS a;rport,SIP/2.0/TLS b"), "SIP/2.0/TLS a;rport");
}

TEST(SipVia, AnRportWithAValueOrOfALaterViaIsNotEmpty) {
    for (const auto* value :
         {"SIP/2.0/TLS a", "SIP/2.0/TLS a;rport=5060", "SIP/2.0/TLS a;rport=;b",
          "SIP/2.0/TLS a;rport = 1", "SIP/2.0/TLS a;xrport", "SIP/2.0/TLS a;rports",
          "SIP/2.0/TLS a;;", "SIP/2.0/TLS a,SIP/2.0/TLS b;rport", "SIP/2.0/TLS rport"}) {
        EXPECT_EQ(before_rport_in(value), "none") << value;
    }
}

TEST(SipVia, SeesReceivedInTheFirstValueOnly) {
    EXPECT_TRUE(parse_via("SIP/2.0/TLS a;received=192.0.2.1")->has_received);
    EXPECT_TRUE(parse_via("SIP/2.0/TLS a;x;Received = 192.0.2.1;y")->has_received);
    EXPECT_FALSE(parse_via("SIP/2.0/TLS a;ms-received-port=1")->has_received);
    EXPECT_FALSE(parse_via("SIP/2.0/TLS a,SIP/2.0/TLS b;received=192.0.2.1")->has_received);
    EXPECT_FALSE(parse_via("SIP/2.0/TLS received")->has_received);
}

}  // namespace
}  // namespace relayauth::sip
