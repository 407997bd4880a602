#include "relayauth/cli/load_progress.hpp"

#include <gtest/gtest.h>

namespace relayauth::cli {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

load::progress after(std::chrono::nanoseconds elapsed) {
    load::progress said;
    said.elapsed = elapsed;
    said.planned_rate = 5000;
    said.achieved_rate = 4998;
    said.p50 = microseconds(211);
    said.p99 = milliseconds(12);
    said.errors = 1234;
    return said;
}

TEST(LoadProgress, TellsPlannedAndAchievedRateTimesAndErrors) {
    const load::options ten_seconds;
    EXPECT_EQ(progress_line(after(milliseconds(3010)), ten_seconds),
              "3 s of 11 s  planned 5,000/s  good 4,998/s  p50 211 us  p99 12.0 ms  errors 1,234");
}

TEST(LoadProgress, SaysThatItIsTheWarmUp) {
    auto said = after(milliseconds(1490));
    said.warming_up = true;
    const auto line = progress_line(said, {});
    EXPECT_TRUE(line.starts_with("1 s of 11 s (warm-up)  planned")) << line;
}

TEST(LoadProgress, PlansNothingInAClosedLoop) {
    load::options closed;
    closed.closed = true;
    const auto line = progress_line(after(seconds(2)), closed);
    EXPECT_EQ(line.find("planned"), std::string::npos) << line;
    EXPECT_NE(line.find("good 4,998/s"), std::string::npos) << line;
}

TEST(LoadProgress, NeverPassesTheEnd) {
    EXPECT_TRUE(progress_line(after(seconds(14)), {}).starts_with("11 s of 11 s "));
}

}  // namespace
}  // namespace relayauth::cli
