#include "relayauth/net/clock.hpp"

#include <gtest/gtest.h>

namespace relayauth::net {
namespace {

using namespace std::chrono_literals;

TEST(Gained, IsTheRateOfWhatHasPassed) {
    EXPECT_EQ(gained(1s, 200), ticks(200us));
    EXPECT_EQ(gained(24h, -50), ticks(-4'320ms));
    EXPECT_EQ(gained(1h, 10'000), ticks(36s));
    EXPECT_EQ(gained(0s, 500'000), ticks{0});
    EXPECT_EQ(gained(100ns, 999'999), ticks{0});
    EXPECT_EQ(gained(24h * 365 * 100, 500'000), ticks(24h * 365 * 50));  // without overflow
}

}  // namespace
}  // namespace relayauth::net
