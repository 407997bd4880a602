#include "relayauth/crypto/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace relayauth::crypto {
namespace {

TEST(FillRandom, FillsEveryOctetAndDiffersEachTime) {
    // An octet that is never written stays zero in all 64 rounds; by chance once in 2^512.
    std::array<std::uint8_t, 40> ever{}, previous{};
    for (int round = 0; round < 64; ++round) {
        std::array<std::uint8_t, 40> now{};
        ASSERT_TRUE(fill_random(now));
        EXPECT_NE(now, previous);
        for (std::size_t i = 0; i < ever.size(); ++i) ever[i] |= now[i];
        previous = now;
    }
    EXPECT_EQ(std::count(ever.begin(), ever.end(), 0), 0);
}

TEST(FillRandom, TakesNoRoomAtAll) {
    EXPECT_TRUE(fill_random({}));
}

TEST(FillRandom, RefusesMoreThanOpenSslCanCount) {
    std::uint8_t octet = 7;
    // Never dereferenced: the size alone is refused.
    EXPECT_FALSE(fill_random({&octet, std::size_t{1} << 31}));
    EXPECT_EQ(octet, 7);
}

}  // namespace
}  // namespace relayauth::crypto
