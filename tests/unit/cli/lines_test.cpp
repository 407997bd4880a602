#include "relayauth/cli/lines.hpp"

#include "relayauth/base/time_text.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace relayauth::cli {
namespace {

using namespace std::chrono_literals;

const wall_time noon = *parse_utc("2026-11-22T12:00:00Z");

TEST(AddLine, AlignsValuesBehindTheirLabels) {
    std::string out;
    add_line(out, "form", "v2");
    add_line(out, "server clock", "x");
    add_line(out, "thirteen long", "y");
    add_line(out, "fourteen long.", "z");
    add_line(out, "a label that is too long", "w");
    EXPECT_EQ(out,
              "form:          v2\n"
              "server clock:  x\n"
              "thirteen long: y\n"
              "fourteen long.: z\n"
              "a label that is too long: w\n");
}

TEST(RelativeText, SaysInOrAgoToTheNearestSecond) {
    EXPECT_EQ(relative_text(noon + 8h, noon), "in 8 h");
    EXPECT_EQ(relative_text(noon - 5min, noon), "5 min ago");
    EXPECT_EQ(relative_text(noon, noon), "now");
    EXPECT_EQ(relative_text(noon + 400ms, noon), "now");
    EXPECT_EQ(relative_text(noon - 400ms, noon), "now");
    EXPECT_EQ(relative_text(noon + 600ms, noon), "in 1 s");
    EXPECT_EQ(relative_text(noon - 600ms, noon), "1 s ago");
    EXPECT_EQ(relative_text(noon + 8h - 1ms, noon), "in 8 h");
}

TEST(RelativeText, SurvivesTheEndsOfTime) {
    EXPECT_EQ(relative_text(wall_time::max(), wall_time(0)).substr(0, 12), "in at least ");
    EXPECT_NE(relative_text(wall_time(0), wall_time::max()).find(" ago"), std::string::npos);
}

TEST(MomentText, HasUtcAndTheDistance) {
    EXPECT_EQ(moment_text(noon, noon - 8h), "2026-11-22T12:00:00Z (in 8 h)");
}

TEST(LocalText, IsInTheTimeZoneOfThisMachine) {
    const char* before = std::getenv("TZ");
    const std::string kept = before != nullptr ? before : "";
    ::setenv("TZ", "CST-8", 1);
    ::tzset();
    EXPECT_EQ(local_text(noon), "2026-11-22 20:00:00 +0800");
    EXPECT_EQ(local_text(wall_time::max()), "");
    EXPECT_EQ(local_text(wall_time(0)).substr(0, 10), "1601-01-01");
    if (before != nullptr) {
        ::setenv("TZ", kept.c_str(), 1);
    } else {
        ::unsetenv("TZ");
    }
    ::tzset();
}

}  // namespace
}  // namespace relayauth::cli
