#include "relayauth/server/skewed_peers.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace relayauth::server {
namespace {

using namespace std::chrono_literals;

session::ip_octets peer(std::size_t number) {
    session::ip_octets address{};
    address[0] = static_cast<std::uint8_t>(number);
    address[1] = static_cast<std::uint8_t>(number >> 8);
    return address;
}

mono_time at(std::chrono::nanoseconds since) {
    return mono_time(1000h + since);
}

// What the log does.
bool admit(skewed_peers& peers, const session::ip_octets& address, mono_time now) {
    if (!peers.is_due(address, now)) return false;
    peers.name(address, now);
    return true;
}

TEST(SkewedPeers, StaysDueUntilItIsNamed) {
    const auto peers = std::make_unique<skewed_peers>();
    EXPECT_TRUE(peers->is_due(peer(1), at(0s)));
    EXPECT_TRUE(peers->is_due(peer(1), at(0s)));
}

TEST(SkewedPeers, NamesEachOnceAnHour) {
    const auto peers = std::make_unique<skewed_peers>();
    EXPECT_TRUE(admit(*peers, peer(1), at(0s)));
    EXPECT_FALSE(admit(*peers, peer(1), at(1h - 1ns)));
    EXPECT_TRUE(admit(*peers, peer(2), at(1s)));
    EXPECT_TRUE(admit(*peers, peer(1), at(1h)));
    EXPECT_FALSE(admit(*peers, peer(1), at(2h - 1ns))) << "an hour from when it was named last";
}

TEST(SkewedPeers, KnowsTheAddressThatIsAllZero) {
    const auto peers = std::make_unique<skewed_peers>();
    EXPECT_TRUE(admit(*peers, peer(0), at(0s)));
    EXPECT_FALSE(admit(*peers, peer(0), at(1s)));
}

TEST(SkewedPeers, ForgetsTheOneNamedLongestAgoWhenThereAreTooMany) {
    const auto peers = std::make_unique<skewed_peers>();
    for (std::size_t i = 0; i < skewed_peers::most; ++i) {
        EXPECT_TRUE(admit(*peers, peer(i), at(std::chrono::milliseconds(i))));
    }
    EXPECT_TRUE(admit(*peers, peer(skewed_peers::most), at(10s)));
    EXPECT_FALSE(admit(*peers, peer(1), at(11s)));
    EXPECT_TRUE(admit(*peers, peer(0), at(12s)));
}

}  // namespace
}  // namespace relayauth::server
