#include "relayauth/load/json_number.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace relayauth::load {
namespace {

TEST(JsonDecimal, KeepsEveryDigitAndOneDecimalAtLeast) {
    EXPECT_EQ(json_decimal(0, 9), "0.0");
    EXPECT_EQ(json_decimal(1, 9), "0.000000001");
    EXPECT_EQ(json_decimal(10'000'000'000, 9), "10.0");
    EXPECT_EQ(json_decimal(1'500'000'000, 9), "1.5");
    EXPECT_EQ(json_decimal(123'456'789, 3), "123456.789");
    EXPECT_EQ(json_decimal(100, 1), "10.0");
    EXPECT_EQ(json_decimal(-5, 3), "-0.005");
    EXPECT_EQ(json_decimal(std::numeric_limits<std::int64_t>::min(), 9), "-9223372036.854775808");
}

TEST(JsonReal, HasNineDecimalsWhereTheyMatter) {
    EXPECT_EQ(json_real(0), "0.0");
    EXPECT_EQ(json_real(0.34), "0.34");
    EXPECT_EQ(json_real(-0.25), "-0.25");
    EXPECT_EQ(json_real(4999.1166666666), "4999.116666667");
    EXPECT_EQ(json_real(1e6), "1000000");
    EXPECT_EQ(json_real(1e22), "10000000000000000000000");
}

TEST(JsonReal, IsANumberWhateverItIsGiven) {
    EXPECT_EQ(json_real(std::nan("")), "0.0");
    EXPECT_EQ(json_real(std::numeric_limits<double>::infinity()), "0.0");
    EXPECT_EQ(json_real(std::numeric_limits<double>::max()).size(), 309u);
    EXPECT_EQ(json_real(std::numeric_limits<double>::lowest()).size(), 310u);
}

}  // namespace
}  // namespace relayauth::load
