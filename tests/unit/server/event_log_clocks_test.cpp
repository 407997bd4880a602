// What the log says of peers whose clock is wrong.
#include "relayauth/server/event_log.hpp"

#include "log_capture.hpp"
#include "peer_at.hpp"
#include "tests/unit/credential/hand_made.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

namespace hand_made = credential::hand_made;
using credential::refusal;
using session::event;
using session::peer;

constexpr wall_time now = hand_made::expiry_2030 - std::chrono::hours(8);

// What comes behind the time.
std::string without_time(const std::string& line) {
    return line.substr(std::min<std::size_t>(25, line.size()));
}

event peer_clock(ticks offset) {
    event happened(event::kind::peer_clock);
    happened.offset = offset;
    happened.server_time = now;
    happened.peer_time = now - offset;
    return happened;
}

TEST(EventLogClocks, NamesAPeerWhoseClockIsWrongOnceAnHour) {
    const auto lines = lines_of(log_format::text, [](log& output) {
        skewed_peers skewed;
        event_log one(output, 2, std::chrono::seconds(300), skewed);
        event_log other(output, 2, std::chrono::seconds(300), skewed);
        one.on_event(at("192.0.2.7"), peer_clock(-std::chrono::hours(8)));
        one.on_event(at("192.0.2.7"), peer_clock(std::chrono::hours(3)));
        other.on_event(at("192.0.2.7"), peer_clock(-std::chrono::hours(8)));
        other.on_event(at("192.0.2.8", 8), peer_clock(std::chrono::minutes(6)));
    });
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(without_time(lines[0]),
              "warning peer_clock peer=192.0.2.7:4711 door=sip server_time=2030-01-01T19:04:05Z "
              "peer_time=2030-01-02T03:04:05Z offset=\"-8 h\" words=\"this server's clock is 8 h "
              "behind this peer's; looks like a time zone error of -8 h: one of the two is "
              "wrong; `relayauth doctor` measures, from a machine whose clock is right\"");
    EXPECT_NE(lines[1].find("offset=\"+6 min\" words=\"this server's clock is 6 min ahead"),
              std::string::npos)
        << lines[1];
}

TEST(EventLogClocks, NamesBothClocksWhenOneIsWhyNothingIsMinted) {
    const auto lines = lines_of(log_format::text, [](log& output) {
        skewed_peers skewed;
        event_log events(output, 1, std::chrono::seconds(300), skewed);
        auto happened = peer_clock(std::chrono::hours(8));
        happened.what = event::kind::issue_refused;
        happened.reason = refusal::forbidden;
        happened.detail = "peer clock so";
        events.on_event(at("192.0.2.7"), happened);
    });
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(without_time(lines[0]),
              "info issue_refused peer=192.0.2.7:4711 door=sip reason=forbidden "
              "server_time=2030-01-01T19:04:05Z peer_time=2030-01-01T11:04:05Z offset=\"+8 h\" "
              "words=\"peer clock so; server clock 2030-01-01T19:04:05Z\"");
}

TEST(EventLogClocks, SaysNothingOfAPeerWithinTheTolerance) {
    const auto lines = lines_of(log_format::text, [](log& output) {
        skewed_peers skewed;
        event_log events(output, 1, std::chrono::seconds(300), skewed);
        events.on_event(at("192.0.2.7"), peer_clock(std::chrono::seconds(300)));
        events.on_event(at("192.0.2.7"), peer_clock(-std::chrono::seconds(300)));
        EXPECT_EQ(events.counts().sum(event::kind::peer_clock, refusals), 2u);
        events.on_event(at("192.0.2.7"), peer_clock(std::chrono::seconds(300) + ticks{1}));
    });
    EXPECT_EQ(lines.size(), 1u);
}

}  // namespace
}  // namespace relayauth::server
