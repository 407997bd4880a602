#include "relayauth/base/fault.hpp"

#include <gtest/gtest.h>

namespace relayauth {
namespace {

enum class errc { first, second };

TEST(Fault, IsNothingOrAValueTheFirstOneToo) {
    const fault<errc> none = std::nullopt, first = errc::first, second = errc::second;
    EXPECT_FALSE(none);
    EXPECT_TRUE(first);
    EXPECT_EQ(*first, errc::first);
    EXPECT_EQ(*second, errc::second);
}

TEST(Fault, ComparesWithAValue) {
    const fault<errc> none = std::nullopt, first = errc::first;
    EXPECT_TRUE(first == errc::first);
    EXPECT_FALSE(first == errc::second);
    EXPECT_FALSE(none == errc::first);
}

TEST(Fault, BecomesTheOptionalThatItStandsFor) {
    const fault<errc> none = std::nullopt, second = errc::second;
    EXPECT_EQ(std::optional<errc>(none), std::nullopt);
    EXPECT_EQ(std::optional<errc>(second), errc::second);
}

}  // namespace
}  // namespace relayauth
