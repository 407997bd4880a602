#include "relayauth/load/result.hpp"

#include <gtest/gtest.h>

namespace relayauth::load {
namespace {

TEST(Result, CountsItsRatesOverTheMeasuredTime) {
    result run;
    run.measured = std::chrono::milliseconds(2500);
    run.counts[outcome::good] = 5'100;  // 100 of them after the end
    run.good_in_time = 5'000;
    run.counts[outcome::lost] = 2'400;
    run.counts[incident::handshakes] = 10;
    EXPECT_DOUBLE_EQ(run.planned_rate(), 3'000);
    EXPECT_DOUBLE_EQ(run.rate(), 2'000);
    EXPECT_DOUBLE_EQ(run.handshakes_per_second(), 4);
}

TEST(Result, HasNoRateWithoutTime) {
    result run;
    run.counts[outcome::good] = 5;
    run.counts[incident::handshakes] = 5;
    EXPECT_EQ(run.planned_rate(), 0);
    EXPECT_EQ(run.rate(), 0);
    EXPECT_EQ(run.handshakes_per_second(), 0);
}

}  // namespace
}  // namespace relayauth::load
