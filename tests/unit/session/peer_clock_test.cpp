#include "relayauth/session/peer_clock.hpp"

#include "rpc_talk.hpp"
#include "sip_talk.hpp"
#include "talk.hpp"

#include "relayauth/base/time_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

using namespace std::chrono_literals;
using credential::refusal;
using testing::HasSubstr;
using testing::Not;

std::string dated(std::string_view date) {
    return with(service(plain_body), "Call-ID: c1\r\n",
                "Call-ID: c1\r\nDate: " + std::string(date) + "\r\n");
}
std::string dated(wall_time t) {
    std::array<char, sip_date_size> date{};
    sip_date(t, date.data());
    return dated(std::string_view(date.data(), date.size()));
}

// An rpc call of whatever kind, with the caller's clock in it (field 2, fixed64).
std::string timed(std::string call, wall_time t) {
    std::string field = "\x11";
    for (int i = 0; i < 8; ++i) field += static_cast<char>(t.filetime() >> (8 * i));
    auto payload = call.substr(4) + field;
    return frame(payload);
}

constexpr wall_time second_2026 = now_2026 - 500ms;  // a Date has whole seconds

std::vector<heard> clocks(const world& here) {
    std::vector<heard> found;
    for (const auto& each : here.events.all) {
        if (each.what == event::kind::peer_clock) found.push_back(each);
    }
    return found;
}

std::shared_ptr<settings> refusing() {
    auto chosen = make_settings();
    chosen->refuse_skewed_peers = true;
    return chosen;
}

TEST(PeerClock, IsToldOncePerConnectionWhileItKeepsItsOffset) {
    world here;
    talk line(here);
    line.say(dated(second_2026 + 8h));
    line.say(dated(second_2026 + 8h + 60s), now_2026 + 60s);
    const auto told = clocks(here);
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].offset, ticks(-8h + 500ms));
    EXPECT_EQ(told[0].door, door::sip);
    line.say(dated(second_2026 + 8h + 66s), now_2026 + 60s);
    EXPECT_EQ(clocks(here).size(), 2u);
    talk another(here);
    another.say(dated(second_2026));
    EXPECT_EQ(clocks(here).size(), 3u);
}

TEST(PeerClock, ComesFromTheClientTimeOfAnRpcCall) {
    world here;
    talk line(here);
    line.say(preface);
    line.say(timed(server_info(1), now_2026 - 6min));
    const auto told = clocks(here);
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].offset, ticks(6min));
    EXPECT_EQ(told[0].door, door::rpc);
}

TEST(PeerClock, IsNotGuessedFromADateThatIsNone) {
    world here(refusing());
    talk line(here);
    for (const auto date : {"yesterday", "Sun, 30 Feb 2026 09:30:54 GMT", "0", ""}) {
        EXPECT_THAT(only_reply(line.say(dated(date))).body, HasSubstr("\"OK\"")) << date;
    }
    EXPECT_TRUE(clocks(here).empty());
}

TEST(PeerClock, ServesASkewedPeerUnlessToldOtherwise) {
    world here;
    talk line(here);
    EXPECT_THAT(only_reply(line.say(dated(second_2026 + 8h))).body, HasSubstr("\"OK\""));
}

TEST(PeerClock, RefusesASkewedPeerWithForbiddenAndBothClocks) {
    world here(refusing());
    talk line(here);
    const auto reply = only_reply(line.say(dated(second_2026 + 8h)));
    EXPECT_EQ(reply.status, 200);
    EXPECT_THAT(reply.body, HasSubstr("reasonPhrase=\"Forbidden\""));
    EXPECT_THAT(reply.body, Not(HasSubstr("<username>")));
    EXPECT_EQ(reply.value("Warning"),
              "399 relayauth \"Forbidden: this server's clock is 8 h behind this "
              "peer's; looks like a time zone error of -8 h (offset -8 h); peer clock "
              "2026-11-22T17:30:54Z; server clock 2026-11-22T09:30:54Z\"");
    EXPECT_EQ(here.events.all.back().what, event::kind::issue_refused);
    EXPECT_EQ(here.events.all.back().reason, refusal::forbidden);
}

TEST(PeerClock, ReportsBothClocksWithItsRefusalOnEitherWire) {
    world here(refusing());
    talk sip(here);
    sip.say(dated(second_2026 + 8h));
    const auto by_sip = here.events.all.back();
    EXPECT_EQ(by_sip.what, event::kind::issue_refused);
    EXPECT_EQ(by_sip.offset, ticks(-8h) + 500ms);
    EXPECT_EQ(by_sip.peer_time, second_2026 + 8h);
    EXPECT_EQ(by_sip.server_time, now_2026);
    talk rpc(here);
    rpc.say(preface);
    rpc.say(timed(issue(1), now_2026 - 8h));
    const auto by_rpc = here.events.all.back();
    EXPECT_EQ(by_rpc.what, event::kind::issue_refused);
    EXPECT_EQ(by_rpc.offset, ticks(8h));
    EXPECT_EQ(by_rpc.peer_time, now_2026 - 8h);
    EXPECT_EQ(by_rpc.server_time, now_2026);
}

TEST(PeerClock, CallsAnOffsetThatWasCutAtLeastThat) {
    world here(refusing());
    talk line(here);
    line.say(preface);
    EXPECT_THAT(std::string(refusal_in(line.say(timed(issue(1), wall_time(1))), 1).words),
                HasSubstr("this server's clock is at least 36500 d ahead of this peer's (offset "
                          "+36500 d or more); peer clock 1601-01-01T00:00:00Z"));
    EXPECT_THAT(std::string(refusal_in(line.say(timed(issue(2), wall_time::max())), 2).words),
                HasSubstr("at least 36500 d behind this peer's (offset -36500 d or more)"));
    talk sip(here);
    EXPECT_THAT(only_reply(sip.say(dated("Fri, 31 Dec 9999 23:59:59 GMT"))).value("Warning"),
                HasSubstr("at least 36500 d behind"));
    EXPECT_EQ(peer_offset_text(-8h), "-8 h");
    EXPECT_EQ(peer_offset_words(-8h).find("this server's clock is 8 h behind"), 0u);
}

TEST(PeerClock, RefusesOnlyBeyondTheTolerance) {
    for (const auto sign : {1, -1}) {
        world here(refusing());
        talk line(here);
        line.say(preface);
        credential_in(line.say(timed(issue(1), now_2026 + sign * ticks(300s))), 1);
        const auto refused =
            refusal_in(line.say(timed(issue(2), now_2026 + sign * (ticks(300s) + ticks{1}))), 2);
        EXPECT_EQ(refused.why, rpc::reason::forbidden);
        EXPECT_THAT(std::string(refused.words), HasSubstr("peer clock 2026-11-22T09:"));
        credential_in(line.say(timed(issue(3), now_2026)), 3);
    }
}

TEST(PeerClock, NeverKeepsARelayFromAsking) {
    world here(refusing());
    talk line(here);
    line.say(preface);
    verdicts_in(line.say(timed(validate(1, item("x")), now_2026 + 8h)), 1);
}

TEST(PeerClock, AccusesNobodyWhileOurOwnClockIsHeld) {
    world here(refusing());
    talk line(here);
    here.ctx.busy_because = "held";
    here.ctx.clock_held = true;
    EXPECT_THAT(only_reply(line.say(dated(second_2026 + 8h))).body, HasSubstr("Server Busy"));
    EXPECT_TRUE(clocks(here).empty());
}

TEST(PeerClock, SurvivesTimesAtBothEnds) {
    world here(refusing());
    talk line(here);
    line.say(preface);
    for (const auto t : {wall_time(1), wall_time::max(), wall_time(1)}) {
        EXPECT_EQ(refusal_in(line.say(timed(issue(1), t)), 1).why, rpc::reason::forbidden);
    }
}

}  // namespace
}  // namespace relayauth::session
