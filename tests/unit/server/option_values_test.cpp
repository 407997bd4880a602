#include "relayauth/server/option_values.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(ParseCount, ReadsDigitsAndNothingElse) {
    EXPECT_EQ(parse_count("0"), 0u);
    EXPECT_EQ(parse_count("0050"), 50u);
    EXPECT_EQ(parse_count("18446744073709551615"), 18'446'744'073'709'551'615u);
    for (const auto text : {"", "-1", "+1", " 1", "1 ", "1.5", "0x10", "18446744073709551616"}) {
        EXPECT_EQ(parse_count(text), std::nullopt) << text;
    }
}

TEST(ParseBytes, KnowsBinaryUnitsInAnyCase) {
    EXPECT_EQ(parse_bytes("65536"), 65'536u);
    EXPECT_EQ(parse_bytes("512KiB"), 524'288u);
    EXPECT_EQ(parse_bytes("256MiB"), 268'435'456u);
    EXPECT_EQ(parse_bytes("1gib"), 1'073'741'824u);
    EXPECT_EQ(parse_bytes("1024GiB"), std::uint64_t{1} << 40);
    EXPECT_EQ(parse_bytes("1099511627776"), std::uint64_t{1} << 40);
}

TEST(ParseBytes, RefusesOtherUnitsAndMoreThanATebibyte) {
    for (const auto text : {"", "KiB", "1 KiB", "1KB", "1K", "-1KiB", "1.5MiB", "1025GiB", "1TiB",
                            "1099511627777", "18446744073709551615KiB"}) {
        EXPECT_EQ(parse_bytes(text), std::nullopt) << text;
    }
}

TEST(ParseSeconds, ReadsABareNumberAsSecondsAndDurations) {
    EXPECT_EQ(parse_seconds("300"), ticks(seconds(300)));
    EXPECT_EQ(parse_seconds("0"), ticks(0));
    EXPECT_EQ(parse_seconds("5m"), ticks(minutes(5)));
    EXPECT_EQ(parse_seconds("100ms"), ticks(milliseconds(100)));
    EXPECT_EQ(parse_seconds("1h30m"), ticks(minutes(90)));
    EXPECT_EQ(parse_seconds("3153600000"), ticks(seconds(3'153'600'000)));
}

TEST(ParseSeconds, RefusesWhatIsNegativeOrOver100Years) {
    for (const auto text : {"", "-1", "-5m", "abc", "5 m", "3153600001", "18446744073709551615"}) {
        EXPECT_EQ(parse_seconds(text), std::nullopt) << text;
    }
}

TEST(ParseRelay, ReadsLocationHostAndPorts) {
    const auto bare = parse_relay("internet=turn.example.com");
    ASSERT_TRUE(bare);
    EXPECT_EQ(bare->where, mras::location::internet);
    EXPECT_EQ(bare->host, "turn.example.com");
    EXPECT_EQ(bare->udp_port, 3478);
    EXPECT_EQ(bare->tcp_port, 443);

    const auto one_port = parse_relay("intranet=192.0.2.1:65535");
    ASSERT_TRUE(one_port);
    EXPECT_EQ(one_port->where, mras::location::intranet);
    EXPECT_EQ(one_port->host, "192.0.2.1");
    EXPECT_EQ(one_port->udp_port, 65535);
    EXPECT_EQ(one_port->tcp_port, 443);

    const auto both = parse_relay("internet=[2001:db8::1]:1:2");
    ASSERT_TRUE(both);
    EXPECT_EQ(both->host, "2001:db8::1");
    EXPECT_EQ(both->udp_port, 1);
    EXPECT_EQ(both->tcp_port, 2);

    const auto bracketed = parse_relay("internet=[::1]");
    ASSERT_TRUE(bracketed);
    EXPECT_EQ(bracketed->host, "::1");
}

TEST(ParseRelay, RefusesEverythingElse) {
    for (const auto text : {"",
                            "turn.example.com",
                            "internet",
                            "internet=",
                            "Internet=h",
                            "outside=h",
                            "internet=h:",
                            "internet=h:0",
                            "internet=h:65536",
                            "internet=h:x",
                            "internet=h:1:",
                            "internet=h:1:0",
                            "internet=h:1:2:3",
                            "internet=h::443",
                            "internet=[::1",
                            "internet=[::1]x",
                            "internet=[]",
                            "internet=2001:db8::1",
                            "internet=a b",
                            "internet=<h>",
                            "internet=h\n",
                            "=h"}) {
        EXPECT_EQ(parse_relay(text).has_value(), false) << text;
    }
    EXPECT_TRUE(parse_relay("internet=" + std::string(255, 'h')));
    EXPECT_FALSE(parse_relay("internet=" + std::string(256, 'h')));
}

}  // namespace
}  // namespace relayauth::server
