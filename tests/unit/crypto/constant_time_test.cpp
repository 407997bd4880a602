#include "relayauth/crypto/constant_time.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace relayauth::crypto {
namespace {

TEST(ConstantTimeEqual, SeesEveryBit) {
    std::array<std::uint8_t, 20> a{};
    a.fill(0x5A);
    EXPECT_TRUE(constant_time_equal(a, a));
    for (std::size_t bit = 0; bit < 8 * a.size(); ++bit) {
        auto b = a;
        b[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
        EXPECT_FALSE(constant_time_equal(a, b)) << bit;
    }
}

TEST(ConstantTimeEqual, DifferentLengthsAreUnequal) {
    const std::string text = "abcd";
    EXPECT_FALSE(constant_time_equal(as_bytes(text), as_bytes("abc")));
    EXPECT_FALSE(constant_time_equal(as_bytes("abc"), as_bytes(text)));
    EXPECT_FALSE(constant_time_equal(as_bytes(text), {}));
    EXPECT_FALSE(constant_time_equal({}, as_bytes(text)));
}

TEST(ConstantTimeEqual, NothingEqualsNothing) {
    EXPECT_TRUE(constant_time_equal({}, {}));
}

}  // namespace
}  // namespace relayauth::crypto
