#include "relayauth/client/endpoint.hpp"

#include <gtest/gtest.h>

namespace relayauth::client {
namespace {

std::string read(std::string_view text) {
    const auto where = parse_endpoint(text);
    return where ? where->host + " " + std::to_string(where->port) : "none";
}

TEST(Endpoint, HasAHostAndAPort) {
    EXPECT_EQ(read("edge.example.test:5062"), "edge.example.test 5062");
    EXPECT_EQ(read("127.0.0.1:1"), "127.0.0.1 1");
    EXPECT_EQ(read("[::1]:65535"), "::1 65535");
    EXPECT_EQ(read("localhost:443"), "localhost 443");
    EXPECT_EQ(read("lab_1.example.test:5062"), "lab_1.example.test 5062");
}

TEST(Endpoint, HasPort5062WhenNoneIsGiven) {
    EXPECT_EQ(read("localhost"), "localhost 5062");
    EXPECT_EQ(read("192.0.2.1"), "192.0.2.1 5062");
    EXPECT_EQ(read("[2001:db8::1]"), "2001:db8::1 5062");
    EXPECT_EQ(read("2001:db8::1"), "2001:db8::1 5062");
}

TEST(Endpoint, HasAPortFrom1To65535) {
    EXPECT_EQ(read("a:0"), "none");
    EXPECT_EQ(read("a:65536"), "none");
    EXPECT_EQ(read("a:"), "none");
    EXPECT_EQ(read("a:+1"), "none");
    EXPECT_EQ(read("a:1x"), "none");
    EXPECT_EQ(read("a: 1"), "none");
    EXPECT_EQ(read("[::1]:0"), "none");
    EXPECT_EQ(read("[::1]5062"), "none");
    EXPECT_EQ(read("[::1]x5062"), "none");
}

TEST(Endpoint, HasAHostThatASipUriCanHold) {
    EXPECT_EQ(read(""), "none");
    EXPECT_EQ(read(":5062"), "none");
    EXPECT_EQ(read("a b"), "none");
    EXPECT_EQ(read("a@b"), "none");
    EXPECT_EQ(read("a;b"), "none");
    EXPECT_EQ(read("a?b=c"), "none");
    EXPECT_EQ(read("sip:a:5062"), "none");
    EXPECT_EQ(read("a\r\nb"), "none");
    EXPECT_EQ(read("300.1.1.1"), "none");
    EXPECT_EQ(read("[::1"), "none");
    EXPECT_EQ(read("[]"), "none");
    EXPECT_EQ(read("[a]"), "none");
    EXPECT_EQ(read("[127.0.0.1]"), "none");
    EXPECT_EQ(read("[::g]:1"), "none");
    EXPECT_EQ(read("1:2:3"), "none");
}

TEST(Endpoint, IsWrittenWithBracketsAroundIpv6) {
    EXPECT_EQ(to_text(endpoint{"::1", 5062}), "[::1]:5062");
    EXPECT_EQ(to_text(endpoint{"a.test", 1}), "a.test:1");
    EXPECT_EQ(uri_host(endpoint{"::1", 1}), "[::1]");
    EXPECT_EQ(uri_host(endpoint{"a.test", 1}), "a.test");
}

TEST(CertificateName, HasNoDotOfTheRoot) {
    EXPECT_EQ(certificate_name("a.test."), "a.test");
    EXPECT_EQ(certificate_name("a.test"), "a.test");
    EXPECT_EQ(certificate_name("."), ".");
    EXPECT_EQ(certificate_name(""), "");
}

}  // namespace
}  // namespace relayauth::client
