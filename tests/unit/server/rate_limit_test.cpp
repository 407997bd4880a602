#include "relayauth/server/rate_limit.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace relayauth::server {
namespace {

session::ip_octets ipv4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) {
    return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, a, b, c, d};
}

session::ip_octets ipv6(std::uint8_t seventh, std::uint8_t eighth, std::uint8_t last) {
    return {0x20, 1, 0x0D, 0xB8, 0, 0, seventh, eighth, last, 9, 9, 9, 9, 9, 9, last};
}

int admitted(rate_limit& limit, std::uint32_t reason, const session::ip_octets& from, int times) {
    int let_through = 0;
    for (int i = 0; i < times; ++i) let_through += limit.admit(reason, from);
    return let_through;
}

std::vector<rate_limit::left_out> end_second(rate_limit& limit) {
    std::vector<rate_limit::left_out> all;
    limit.end_second([&all](const rate_limit::left_out& each) { all.push_back(each); });
    return all;
}

TEST(RateLimit, LetsTenASecondThrough) {
    rate_limit limit(1);
    EXPECT_EQ(admitted(limit, 7, ipv4(192, 0, 2, 1), 1000), 10);
    end_second(limit);
    EXPECT_EQ(admitted(limit, 7, ipv4(192, 0, 2, 1), 1000), 10);
}

TEST(RateLimit, IsSharedOutToTheWorkersAndLeavesEachAtLeastOneLine) {
    rate_limit half(2);
    EXPECT_EQ(admitted(half, 7, ipv4(192, 0, 2, 1), 1000), 5);
    rate_limit crumb(64);
    EXPECT_EQ(admitted(crumb, 7, ipv4(192, 0, 2, 1), 1000), 1);
}

TEST(RateLimit, HandsOutHowManyItLeftOutOnce) {
    rate_limit limit(1);
    admitted(limit, 7, ipv4(192, 0, 2, 1), 25);
    const auto all = end_second(limit);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].reason, 7u);
    EXPECT_EQ(all[0].count, 15u);
    EXPECT_EQ(all[0].prefix, ipv4(192, 0, 2, 0));
    EXPECT_TRUE(end_second(limit).empty());
}

TEST(RateLimit, LeavesNothingOutUpToTen) {
    rate_limit limit(1);
    EXPECT_EQ(admitted(limit, 7, ipv4(192, 0, 2, 1), 10), 10);
    EXPECT_TRUE(end_second(limit).empty());
}

TEST(RateLimit, CountsTheLast8BitsOfIpv4AndTheLast64OfIpv6Together) {
    rate_limit limit(1);
    EXPECT_EQ(
        admitted(limit, 1, ipv4(192, 0, 2, 1), 6) + admitted(limit, 1, ipv4(192, 0, 2, 255), 6),
        10);
    EXPECT_EQ(admitted(limit, 2, ipv6(0, 0, 1), 6) + admitted(limit, 2, ipv6(0, 0, 2), 6), 10);
}

// Two that meet in one of the 256 places share, so a claim about others is about nearly all.
TEST(RateLimit, GivesOtherReasonsAndPrefixesTheirOwnAllowance) {
    int own = 0;
    for (int i = 0; i < 200; ++i) {
        rate_limit limit(1);
        const auto octet = static_cast<std::uint8_t>(i);
        admitted(limit, 1, ipv4(192, 0, 2, 1), 10);
        own += limit.admit(2 + static_cast<std::uint32_t>(i), ipv4(192, 0, 2, 1));
        own += limit.admit(1, ipv4(192, 1, octet, 1));
        own += limit.admit(1, ipv6(0, octet, 1));
    }
    EXPECT_GT(own, 585);
}

TEST(RateLimit, IsOfFixedSizeWhoeverCalls) {
    rate_limit limit(1);
    int let_through = 0;
    for (int i = 0; i < 100'000; ++i) {
        let_through += limit.admit(
            static_cast<std::uint32_t>(i % 300),
            ipv4(10, static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i), 1));
    }
    EXPECT_LE(let_through, 2560);
    std::uint64_t left_out = 0;
    for (const auto& each : end_second(limit)) left_out += each.count;
    EXPECT_EQ(static_cast<std::uint64_t>(let_through) + left_out, 100'000u);
}

}  // namespace
}  // namespace relayauth::server
