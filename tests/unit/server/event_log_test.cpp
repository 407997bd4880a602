#include "relayauth/server/event_log.hpp"

#include "log_capture.hpp"
#include "peer_at.hpp"
#include "tests/unit/credential/hand_made.hpp"

#include "relayauth/net/limits.hpp"
#include "relayauth/session/connection.hpp"
#include "relayauth/session/context.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

namespace hand_made = credential::hand_made;
using credential::refusal;
using net::transport_event;
using session::event;
using session::peer;

event refused(refusal reason, std::string_view detail) {
    event happened(event::kind::request_refused);
    happened.reason = reason;
    happened.detail = detail;
    happened.status = 400;
    return happened;
}

constexpr wall_time now = hand_made::expiry_2030 - std::chrono::hours(8);

// What comes behind the time.
std::string without_time(const std::string& line) {
    return line.substr(std::min<std::size_t>(25, line.size()));
}

TEST(EventLog, WritesPeerDoorStatusReasonAndWords) {
    const auto lines = lines_of(log_format::text, [](log& output) {
        skewed_peers skewed_events;
        event_log events(output, 1, std::chrono::seconds(300), skewed_events);
        events.on_event(at("192.0.2.7"), refused(refusal::malformed, "Missing To Header"));
        events.on_event(at("2001:db8::1"), event(event::kind::response_ignored));
        event forbidden(event::kind::peer_refused, session::door::rpc);
        events.on_event(at("192.0.2.7"), forbidden);
    });
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(without_time(lines[0]),
              "info request_refused peer=192.0.2.7:4711 door=sip status=400 reason=malformed "
              "words=\"Missing To Header\"");
    EXPECT_EQ(without_time(lines[1]), "info response_ignored peer=[2001:db8::1]:4711 door=sip");
    EXPECT_EQ(without_time(lines[2]), "info peer_refused peer=192.0.2.7:4711 door=rpc");
}

TEST(EventLog, OnlyOurOwnFaultIsAnError) {
    const auto lines = lines_of(log_format::text, [](log& output) {
        skewed_peers skewed_events;
        event_log events(output, 1, std::chrono::seconds(300), skewed_events);
        events.on_event(at("192.0.2.7"), refused(refusal::internal, ""));
        events.on_event(at("192.0.2.7"), refused(refusal::busy, ""));
    });
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_TRUE(without_time(lines[0]).starts_with("error "));
    EXPECT_TRUE(without_time(lines[1]).starts_with("info "));
}

TEST(EventLog, CountsByKindAndReasonWhatItDoesNotWriteToo) {
    lines_of(log_format::text, [](log& output) {
        skewed_peers skewed_events;
        event_log events(output, 1, std::chrono::seconds(300), skewed_events);
        for (int i = 0; i < 50; ++i)
            events.on_event(at("192.0.2.7"), refused(refusal::malformed, "x"));
        events.on_event(at("192.0.2.7"), refused(refusal::too_large, "x"));
        events.on_event(at("192.0.2.7"), event(event::kind::response_ignored));
        events.on_transport(at("192.0.2.7"), {transport_event::kind::accepted});
        const auto& sums = events.counts();
        const auto refused_for = [&sums](std::size_t reason) {
            return sums.sum(event::kind::request_refused, reason);
        };
        EXPECT_EQ(refused_for(static_cast<std::size_t>(refusal::malformed)), 50u);
        EXPECT_EQ(refused_for(static_cast<std::size_t>(refusal::too_large)), 1u);
        EXPECT_EQ(refused_for(refusals), 0u);
        EXPECT_EQ(sums.sum(event::kind::response_ignored, refusals), 1u);
        EXPECT_EQ(events.counts().transport[0].value(), 1u);
        EXPECT_EQ(events.counts().transport[1].value(), 0u);
    });
}

TEST(EventLog, TimesWhatItHeardSinceTheLastAnswers) {
    lines_of(log_format::text, [](log& output) {
        skewed_peers skewed_events;
        event_log events(output, 1, std::chrono::seconds(300), skewed_events);
        const auto issues = [&events] {
            histogram::reading sums;
            events.counts().issue_latency.add_to(sums);
            return sums;
        };
        for (const auto what : {event::kind::issued, event::kind::issue_refused,
                                event::kind::validated, event::kind::request_refused}) {
            events.on_event(at("192.0.2.7"), event(what));
        }
        events.on_served(std::chrono::microseconds(30));
        events.on_served(std::chrono::seconds(9));  // of something else
        EXPECT_EQ(issues().counts[2], 2u) << "under 50 us";
        EXPECT_NEAR(issues().sum, 60e-6, 1e-9);
        histogram::reading validations;
        events.counts().validate_latency.add_to(validations);
        EXPECT_EQ(validations.counts[2], 1u);
        EXPECT_NEAR(validations.sum, 30e-6, 1e-9);
    });
}

TEST(EventLog, BeatsAtEveryTick) {
    lines_of(log_format::text, [](log& output) {
        skewed_peers skewed_events;
        event_log events(output, 1, std::chrono::seconds(300), skewed_events);
        const auto made = events.counts().alive.last();
        EXPECT_GT(made, mono_time());
        events.on_tick();
        EXPECT_GT(events.counts().alive.last(), made);
    });
}

TEST(EventLog, CountsTheLinesThatItLeftOut) {
    constexpr auto ticks_a_second = std::chrono::seconds(1) / net::sweep_interval;
    lines_of(log_format::text, [](log& output) {
        skewed_peers skewed_events;
        event_log events(output, 1, std::chrono::seconds(300), skewed_events);
        for (int i = 0; i < 25; ++i)
            events.on_event(at("192.0.2.7"), refused(refusal::malformed, "x"));
        EXPECT_EQ(events.counts().lines_left_out.value(), 0u);
        for (int i = 0; i < ticks_a_second; ++i) events.on_tick();
        EXPECT_EQ(events.counts().lines_left_out.value(), 15u);
    });
}

TEST(EventLog, WritesTenASecondThenHowManyItLeftOut) {
    constexpr auto ticks_a_second = std::chrono::seconds(1) / net::sweep_interval;
    const auto lines = lines_of(log_format::text, [](log& output) {
        skewed_peers skewed_events;
        event_log events(output, 1, std::chrono::seconds(300), skewed_events);
        for (int i = 0; i < 25; ++i)
            events.on_event(at("192.0.2.7"), refused(refusal::malformed, "x"));
        for (int i = 0; i < ticks_a_second; ++i) events.on_tick();
        events.on_event(at("192.0.2.7"), refused(refusal::malformed, "x"));
        for (int i = 0; i < ticks_a_second; ++i) events.on_tick();
    });
    ASSERT_EQ(lines.size(), 12u);
    EXPECT_EQ(without_time(lines[10]),
              "info log_lines_left_out about=request_refused reason=malformed "
              "peers=192.0.2.0/24 count=15");
    EXPECT_NE(lines[11].find("request_refused peer="), std::string::npos);
}

// All users of a coturn come from its one address.
TEST(EventLog, GivesEachUserOfARelayItsOwnAllowance) {
    credential::verdict noisy, quiet;
    noisy.client.emplace().fill(0x11);
    quiet.client.emplace().fill(0x22);
    const auto lines = lines_of(log_format::text, [&](log& output) {
        skewed_peers skewed_events;
        event_log events(output, 32, std::chrono::seconds(300), skewed_events);
        event happened(event::kind::validate_refused, session::door::redis);
        happened.reason = refusal::expired;
        happened.realm = "example.test";
        happened.verdict = &noisy;
        for (int i = 0; i < 30; ++i) events.on_event(at("192.0.2.7"), happened);
        happened.verdict = &quiet;
        events.on_event(at("192.0.2.7"), happened);
        for (int i = 0; i < 4; ++i) events.on_tick();
    });
    ASSERT_EQ(lines.size(), 10 + 1 + 1u) << "however many workers there are";
    EXPECT_NE(lines[0].find("reason=expired realm=example.test"), std::string::npos) << lines[0];
    EXPECT_NE(lines[10].find("identity_hash=22222222"), std::string::npos);
    EXPECT_EQ(without_time(lines[11]),
              "info log_lines_left_out about=validate_refused reason=expired door=redis "
              "identity_hash=11111111 count=20");
}

TEST(EventLog, NamesATransportFaultAndNoRoutine) {
    using kind = transport_event::kind;
    const auto lines = lines_of(log_format::text, [](log& output) {
        skewed_peers skewed_events;
        event_log events(output, 1, std::chrono::seconds(300), skewed_events);
        for (const auto routine :
             {kind::accepted, kind::closed, kind::tls_established, kind::idle_timeout}) {
            events.on_transport(at("192.0.2.7"), {routine, "x"});
        }
        events.on_transport(at("192.0.2.7"), {kind::tls_failed, "no shared cipher"});
        events.on_transport({}, {kind::accept_failed, "Too many open files"});
        for (int i = 0; i < 20; ++i) events.on_transport(at("192.0.2.7"), {kind::message_timeout});
        for (int i = 0; i < 4; ++i) events.on_tick();
    });
    ASSERT_EQ(lines.size(), 2 + 10 + 1u);
    EXPECT_EQ(without_time(lines[0]),
              "warning tls_failed peer=192.0.2.7:4711 words=\"no shared cipher\"");
    EXPECT_EQ(without_time(lines[1]), "warning accept_failed words=\"Too many open files\"");
    EXPECT_EQ(without_time(lines[12]),
              "info log_lines_left_out about=message_timeout peers=192.0.2.0/24 count=10");
}

// A whole session behind the log, and all that a client and a thief would like to find in it.
struct logged_session {
    explicit logged_session(log& output)
        : events(output, 1, std::chrono::seconds(300), skewed), ctx(make_settings(), events, 1) {}
    skewed_peers skewed;

    static std::shared_ptr<session::settings> make_settings() {
        const mras::media_relay relay{mras::location::internet, "turn.example.test", 3478, 443};
        auto made =
            std::make_shared<session::settings>(std::span(&relay, 1), std::vector<std::string>());
        made->keys = hand_made::ring_of(hand_made::minting(hand_made::key()));
        made->not_after = {now};
        return made;
    }
    std::string say(std::string_view octets, session::connection& line) {
        std::vector<char> fresh(octets.begin(), octets.end());
        session::output out;
        line.on_bytes(ctx, fresh, now, out);
        return out.bytes;
    }

    event_log events;
    session::context ctx;
};

// Envelopes typed by hand: Issue for alice with id 7; Validate with id 8 of one username.
constexpr std::string_view preface("\0rauth\n\x01", 8);
constexpr std::string_view issue_alice("\0\0\0\x1C\x08\x07\x22\x18\x0A\x16sip:alice@example.test",
                                       32);

std::string validate(std::string_view username) {
    const auto size = static_cast<char>(username.size());
    const auto plus = [size](int more) { return static_cast<char>(size + more); };
    return std::string(3, '\0') + plus(8) + "\x08\x08\x2A" + plus(4) + "\x0A" + plus(2) + "\x0A" +
           size + std::string(username);
}

TEST(EventLog, NoLineHoldsAUsernameAPasswordOrAnIdentity) {
    std::string replies;
    const std::string old = hand_made::username(wall_time(1), hand_made::flags_of_8_hours);
    const std::string good =
        hand_made::username(hand_made::expiry_2030, hand_made::flags_of_8_hours);
    const auto lines = lines_of(log_format::json, [&](log& output) {
        logged_session server(output);
        session::connection line(at("192.0.2.7"), session::standing::may_mint);
        server.say(preface, line);
        replies = server.say(issue_alice, line);
        server.say(validate(old), line);
        server.say(validate(good), line);
        server.say(validate("x" + good.substr(1)), line);
    });
    ASSERT_EQ(lines.size(), 4u);
    const auto at_username = replies.find("AgAAJ");
    ASSERT_NE(at_username, std::string::npos);
    for (const auto& line : lines) {
        ASSERT_TRUE(parse_flat_json(line)) << line;
        EXPECT_EQ(line.find("alice"), std::string::npos) << line;
        for (const auto& hidden :
             {replies.substr(at_username, 76), replies.substr(at_username + 78, 28), old, good}) {
            EXPECT_EQ(line.find(hidden.substr(8, 12)), std::string::npos) << line;
            EXPECT_EQ(line.find(hidden.substr(hidden.size() - 14, 12)), std::string::npos) << line;
        }
    }
}

TEST(EventLog, NamesTheKeyTheHashOfTheIdentityAndBothClocks) {
    const auto lines = lines_of(log_format::json, [](log& output) {
        logged_session server(output);
        session::connection line(at("192.0.2.7"), session::standing::may_mint);
        server.say(preface, line);
        server.say(issue_alice, line);
        const auto ahead = now + std::chrono::hours(16);
        server.say(validate(hand_made::username(ahead, hand_made::flags_of_8_hours)), line);
    });
    ASSERT_EQ(lines.size(), 2u);
    const auto issued = parse_flat_json(lines[0]).value();
    EXPECT_EQ(issued.at("event"), "issued");
    EXPECT_EQ(issued.at("key"), "notes");
    EXPECT_EQ(issued.at("identity_hash"), "bb5a59b0") << "4 octets of the client id of the notes";
    EXPECT_EQ(issued.at("token_version"), "2");
    EXPECT_EQ(issued.at("minutes"), "480");
    EXPECT_EQ(issued.at("door"), "rpc");

    const auto refused = parse_flat_json(lines[1]).value();
    EXPECT_EQ(refused.at("event"), "validate_refused");
    EXPECT_EQ(refused.at("reason"), "not_yet_valid");
    EXPECT_EQ(refused.at("key"), "notes");
    EXPECT_EQ(refused.at("identity_hash"), "bb5a59b0");
    EXPECT_EQ(refused.at("server_time"), "2030-01-01T19:04:05Z");
    EXPECT_EQ(refused.at("issued_at"), "2030-01-02T03:04:05Z");
    EXPECT_EQ(refused.at("expires_at"), "2030-01-02T11:04:05Z");
    EXPECT_EQ(refused.at("offset"), "-8 h");
}

}  // namespace
}  // namespace relayauth::server
