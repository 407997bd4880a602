#include "relayauth/server/clock_log.hpp"

#include "log_capture.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

using kind = net::guard_event::kind;
constexpr wall_time noon = wall_time::from_unix(std::chrono::seconds(1'790'000'000));

std::string line_for(const net::guard_event& happened) {
    const auto lines = lines_of(
        log_format::text, [&](log& output) { clock_log(output)(happened, net::guard_settings{}); });
    EXPECT_EQ(lines.size(), 1u);
    return lines.empty() ? "" : lines[0].substr(25);
}

TEST(ClockLog, WarnsOfAStepWithItsSizeAndTheWords) {
    const auto line = line_for({kind::stepped, noon, std::chrono::hours(8), std::chrono::hours(8)});
    EXPECT_EQ(line.find("warning clock_stepped server_time=2026-09-21T14:13:20Z by=\"+8 h\" "
                        "off=\"+8 h\" words=\"this server's clock was set 8 h ahead; looks like "
                        "a time zone error of +8 h"),
              0u)
        << line;
}

TEST(ClockLog, LeavesOutWhatIsNothing) {
    const auto line = line_for({kind::released, noon, ticks{0}, ticks{3}});
    EXPECT_EQ(line.find("info clock_released server_time=2026-09-21T14:13:20Z words="), 0u) << line;
}

TEST(ClockLog, CallsAHeldClockAnError) {
    EXPECT_EQ(line_for({kind::held, noon}).find("error clock_held "), 0u);
    EXPECT_EQ(line_for({kind::unsynchronised, noon}).find("warning clock_unsynchronised "), 0u);
    EXPECT_EQ(line_for({kind::drifted, noon}).find("warning clock_drifted "), 0u);
    EXPECT_EQ(line_for({kind::synchronised, noon}).find("info clock_synchronised "), 0u);
    EXPECT_EQ(line_for({kind::accepted, noon}).find("info clock_accepted "), 0u);
}

TEST(ClockLog, NamesTheReasonOfAHold) {
    const auto line = line_for({.what = kind::held,
                                .now = noon,
                                .off = std::chrono::hours(8),
                                .reason = net::hold_reason::stepped});
    EXPECT_EQ(line.find("error clock_held server_time=2026-09-21T14:13:20Z reason=stepped "
                        "off=\"+8 h\" words="),
              0u)
        << line;
}

TEST(ClockLog, LeavesOutMostOfAClockThatJumpsAllTheTime) {
    const auto lines = lines_of(log_format::text, [](log& output) {
        const auto tell = clock_log(output);
        for (int i = 0; i < 1000; ++i) tell({kind::stepped, noon, std::chrono::hours(1)}, {});
        tell({kind::held, noon}, {});
    });
    EXPECT_GE(lines.size(), 11u);
    EXPECT_LT(lines.size(), 100u);
    EXPECT_NE(lines.back().find("clock_held"), std::string::npos);
    EXPECT_NE(lines.back().find("left_out="), std::string::npos);
}

TEST(ClockLog, TakesTheGuardsSettingsFromTheOptions) {
    options chosen;
    chosen.clock_guard = net::guard_mode::hold;
    chosen.clock_tolerance = std::chrono::seconds(60);
    chosen.unsynchronised_grace = std::chrono::hours(1);
    const auto settings = guard_settings_of(chosen);
    EXPECT_EQ(settings.mode, net::guard_mode::hold);
    EXPECT_EQ(settings.tolerance, ticks(std::chrono::seconds(60)));
    EXPECT_EQ(settings.unsynchronised_grace, ticks(std::chrono::hours(1)));
    EXPECT_EQ(guard_settings_of({}).mode, net::guard_mode::warn);
}

}  // namespace
}  // namespace relayauth::server
