#include "relayauth/base/mono_time.hpp"

#include "relayauth/base/wall_time.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace relayauth {
namespace {

using namespace std::chrono_literals;

TEST(MonoTime, AddsAndSubtractsSpans) {
    const mono_time start(5s);
    EXPECT_EQ(start + 10s, mono_time(15s));
    EXPECT_EQ(start + -6s, mono_time(-1s));
    EXPECT_EQ(mono_time(15s) - start, 10s);
    EXPECT_EQ(start - mono_time(15s), -10s);
    EXPECT_EQ(mono_time(), mono_time(0s));
}

TEST(MonoTime, Orders) {
    EXPECT_LT(mono_time(1s), mono_time(1s + 1ns));
    EXPECT_EQ(mono_time(1s), mono_time(1000ms));
}

TEST(MonoTime, DoesNotConvertToOrFromWallTime) {
    EXPECT_FALSE((std::is_constructible_v<mono_time, wall_time>));
    EXPECT_FALSE((std::is_constructible_v<wall_time, mono_time>));
    EXPECT_FALSE((std::is_assignable_v<mono_time&, wall_time>));
    EXPECT_FALSE((std::is_assignable_v<wall_time&, mono_time>));
}

}  // namespace
}  // namespace relayauth
