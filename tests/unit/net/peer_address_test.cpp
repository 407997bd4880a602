#include "relayauth/net/peer_address.hpp"

#include <gtest/gtest.h>

namespace relayauth::net {
namespace {

using boost::asio::ip::make_address;
using boost::asio::ip::tcp;

session::ip_octets octets_of(const char* address) {
    return peer_at(tcp::endpoint(make_address(address), 1)).octets;
}

TEST(PeerAt, ShowsMappedIpv4AsIpv4) {
    const auto who = peer_at(tcp::endpoint(make_address("::ffff:192.0.2.7"), 5061));
    EXPECT_EQ(who.address, "192.0.2.7");
    EXPECT_EQ(who.port, 5061);
    EXPECT_EQ(who.octets, octets_of("192.0.2.7"));
    EXPECT_EQ(who.octets[10], 0xFF);
    EXPECT_EQ(who.octets[15], 7);
}

TEST(PeerAt, ShowsIpv6WithoutBrackets) {
    EXPECT_EQ(peer_at(tcp::endpoint(make_address("2001:db8::1"), 1)).address, "2001:db8::1");
}

TEST(ParseNetwork, CountsIpv4PrefixesInIpv6Bits) {
    const auto range = parse_network("10.0.0.0/8");
    ASSERT_TRUE(range);
    EXPECT_EQ(range->prefix_bits, 104u);
    EXPECT_TRUE(session::contains(*range, octets_of("10.255.1.2")));
    EXPECT_FALSE(session::contains(*range, octets_of("11.0.0.0")));
}

TEST(ParseNetwork, TakesASingleAddressAndTheWholeInternet) {
    EXPECT_EQ(parse_network("192.0.2.7")->prefix_bits, 128u);
    EXPECT_EQ(parse_network("2001:db8::/32")->prefix_bits, 32u);
    EXPECT_TRUE(session::contains(*parse_network("0.0.0.0/0"), octets_of("203.0.113.9")));
    EXPECT_FALSE(session::contains(*parse_network("0.0.0.0/0"), octets_of("2001:db8::1")));
}

TEST(ParseNetwork, RefusesBitsBehindThePrefixAndWhatIsNoNetwork) {
    for (const char* text : {"10.0.0.1/8", "2001:db8::1/32", "10.0.0.0/33", "::/129", "10.0.0.0/",
                             "10.0.0/8", "10.0.0.0/-1", "10.0.0.0/8x", "", "/8", "example.com"}) {
        EXPECT_FALSE(parse_network(text)) << text;
    }
}

TEST(ParseHostPort, TakesNamesAddressesAndBracketedIpv6) {
    EXPECT_EQ(parse_host_port("localhost:5062")->host, "localhost");
    EXPECT_EQ(parse_host_port("127.0.0.1:0")->port, 0);
    EXPECT_EQ(parse_host_port("[::1]:5062")->host, "::1");
    EXPECT_EQ(parse_host_port("[::]:65535")->port, 65535);
}

TEST(ParseHostPort, RefusesWhatHasNoPortOrNoHost) {
    for (const char* text : {"5062", ":5062", "localhost", "localhost:", "localhost:65536",
                             "localhost:-1", "::1:5062", "[]:5062", "localhost:50 62", ""}) {
        EXPECT_FALSE(parse_host_port(text)) << text;
    }
}

}  // namespace
}  // namespace relayauth::net
