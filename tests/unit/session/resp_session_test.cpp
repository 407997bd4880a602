#include "relayauth/session/resp_session.hpp"

#include "allocation_count.hpp"
#include "resp_talk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

// A stream of commands: pieces, order, faults, peers, a client that does not read.

namespace relayauth::session {
namespace {

using credential::refusal;
using credential::hand_made::expiry_2030;
using credential::hand_made::rest_name;
using credential::hand_made::v2_username;
using testing::StartsWith;

std::string stream() {
    return command({"SELECT", "0"}) + get(v2_username) + "PING\r\n\r\n" + get(rest_name) +
           command({"KEYS", "turn/origin/*"}) + "*0\r\n" + get("nobody") + command({"QUX"});
}

std::string answers() {
    return "+OK\r\n" + std::string(v2_key) + "+PONG\r\n" + std::string(rest_key) + "*0\r\n" +
           std::string(nil) + "-ERR unknown command 'QUX'\r\n";
}

TEST(RespSession, AnswersPipelinedCommandsInTheirOrderAtOnce) {
    world here(redis_settings_with());
    resp_talk line(here);
    EXPECT_EQ(line.say(stream()), answers());
    EXPECT_EQ(here.events.all.size(), 3u);
    EXPECT_FALSE(line.end().inside_message());
    EXPECT_EQ(line.end().buffered_bytes(), 0u);
}

TEST(RespSession, AnswersTheSameHoweverTheStreamIsCutInTwo) {
    const auto whole = stream();
    for (std::size_t at = 1; at < whole.size(); ++at) {
        world here(redis_settings_with());
        resp_talk line(here);
        const auto first = line.say(whole.substr(0, at));
        ASSERT_EQ(first + line.say(whole.substr(at)), answers()) << "cut at " << at;
    }
}

TEST(RespSession, AnswersTheSameOctetByOctet) {
    world here(redis_settings_with());
    resp_talk line(here);
    std::string all;
    for (const char octet : stream()) all += line.say({&octet, 1});
    EXPECT_EQ(all, answers());
}

TEST(RespSession, IsInsideACommandUntilItEnds) {
    world here(redis_settings_with());
    resp_talk line(here);
    EXPECT_FALSE(line.end().inside_message());
    line.say("*1\r\n$4\r\nPI");
    EXPECT_TRUE(line.end().inside_message());
    EXPECT_GT(line.end().buffered_bytes(), 0u);
    EXPECT_EQ(line.say("NG\r\n"), "+PONG\r\n");
    EXPECT_FALSE(line.end().inside_message());
}

TEST(RespSession, AnswersWhatCameBeforeAFaultThenSaysItAndCloses) {
    world here(redis_settings_with());
    resp_talk line(here);
    EXPECT_EQ(line.say("PING\r\n*1\r\n$-7\r\nPING\r\n"),
              "+PONG\r\n-ERR Protocol error: invalid bulk length\r\n");
    EXPECT_TRUE(line.closed());
    const auto heard = here.only_event();
    EXPECT_EQ(heard.what, event::kind::request_refused);
    EXPECT_EQ(heard.door, door::redis);
    EXPECT_EQ(heard.reason, refusal::malformed);
    EXPECT_EQ(heard.detail, "Protocol error: invalid bulk length");
}

TEST(RespSession, SaysTooLargeOfACommandOverTheLimit) {
    world here(redis_settings_with());
    resp_talk line(here);
    EXPECT_THAT(line.say("*2\r\n$3\r\nGET\r\n$65536\r\n"), StartsWith("-ERR Protocol error"));
    EXPECT_TRUE(line.closed());
    EXPECT_EQ(here.only_event().reason, refusal::too_large);
}

TEST(RespSession, EndsTenMegabytesOfGarbageAtOnce) {
    world here(redis_settings_with());
    resp_talk line(here);
    EXPECT_THAT(line.say(std::string(10 << 20, '\x81')), StartsWith("-ERR Protocol error"));
    EXPECT_TRUE(line.closed());
    EXPECT_LT(line.end().buffered_bytes(), 1u << 16);
    here.only_event();
}

TEST(RespSession, ServesLoopbackOnlyWithoutAPassword) {
    world here(redis_settings_with());
    resp_talk line(here, remote("203.0.113.9", false));
    EXPECT_EQ(line.say(command({"PING"}) + command({"PING"})),
              "-NOPERM this address is not served\r\n");
    EXPECT_TRUE(line.closed());
    EXPECT_EQ(line.end().buffered_bytes(), 0u);
    const auto heard = here.only_event();
    EXPECT_EQ(heard.what, event::kind::peer_refused);
    EXPECT_EQ(heard.door, door::redis);
    EXPECT_EQ(heard.reason, refusal::forbidden);
    EXPECT_NE(heard.detail.find("--redis-password-file"), std::string::npos);
    EXPECT_EQ(heard.peer, "203.0.113.9");
}

TEST(RespSession, KeepsNothingOfAPeerThatMayNotAsk) {
    world here(redis_settings_with());
    resp_session session(standing::not_allowed);
    auto octets = heap_copy("PING\r\nPI");
    std::string out;
    const auto made =
        session.on_bytes(here.ctx, remote("203.0.113.9", false), octets, an_hour_before, out);
    EXPECT_TRUE(made.close);
    EXPECT_EQ(made.consumed, octets.size());
}

TEST(RespSession, ServesOthersThatGiveThePassword) {
    world here(redis_settings_with("s3cret"));
    resp_talk line(here, remote("203.0.113.9", false));
    EXPECT_THAT(line.say(command({"PING"})), StartsWith("-NOAUTH"));
    EXPECT_FALSE(line.end().is_trusted_relay(here.ctx.now_in_force()));
    EXPECT_EQ(line.say(command({"AUTH", "s3cret"}) + command({"PING"})), "+OK\r\n+PONG\r\n");
    EXPECT_TRUE(line.end().is_trusted_relay(here.ctx.now_in_force()));
    EXPECT_FALSE(resp_talk(here).end().is_trusted_relay(here.ctx.now_in_force()))
        << "loopback has to give it too";
    world open(redis_settings_with());
    EXPECT_TRUE(resp_talk(open).end().is_trusted_relay(open.ctx.now_in_force()));
}

TEST(AdmitRedis, LoopbackAlwaysOthersWithAPasswordAndFromAllowedAddresses) {
    access_policy policy;
    const auto far_away = remote("203.0.113.9", false);
    for (const bool has_password : {false, true}) {
        EXPECT_EQ(admit_redis(policy, has_password, loopback()), standing::may_validate);
    }
    EXPECT_EQ(admit_redis(policy, false, far_away), standing::not_allowed);
    EXPECT_EQ(admit_redis(policy, true, far_away), standing::may_validate);
    policy.allowed = {{far_away.octets, 128}};
    EXPECT_EQ(admit_redis(policy, false, far_away), standing::not_allowed)
        << "--allow does not stand in for the password";
    EXPECT_EQ(admit_redis(policy, true, far_away), standing::may_validate);
    policy.allowed = {{{0x20, 0x01}, 16}};
    EXPECT_EQ(admit_redis(policy, true, far_away), standing::not_allowed);
    EXPECT_EQ(admit_redis(policy, false, loopback()), standing::may_validate);
}

TEST(RespBacklog, StopsAnsweringOnceTheOutputIsFullAndLosesNothing) {
    auto chosen = redis_settings_with();
    chosen->max_pending_output = 100;
    world here(chosen);
    resp_talk line(here);
    std::string sent, expected;
    for (int i = 0; i < 50; ++i) {
        sent += get(v2_username) + command({"PING", std::to_string(i)});
        const auto echo = std::to_string(i);
        expected +=
            std::string(v2_key) + "$" + std::to_string(echo.size()) + "\r\n" + echo + "\r\n";
    }
    auto all = line.say(sent);
    EXPECT_GE(all.size(), 100u);
    EXPECT_LT(all.size(), 100u + v2_key.size());
    EXPECT_TRUE(line.end().has_backlog());
    int rounds = 0;
    for (; line.end().has_backlog() && rounds < 100; ++rounds) all += line.say("");
    EXPECT_GT(rounds, 10);
    EXPECT_EQ(all, expected);
    EXPECT_EQ(here.events.all.size(), 50u);
}

struct silent final : observer {
    void on_event(const peer&, const event& happened) override {
        validated += happened.what == event::kind::validated;
    }
    int validated = 0;
};

// Design notes 6, for GET of `user` on a warm connection.
std::size_t allocations_of(std::string_view user) {
    silent events;
    context ctx(redis_settings_with(), events, 1);
    connection line(loopback(), standing::may_validate, listener::redis);
    output out;
    const auto message = get(user);
    auto octets = heap_copy(message);
    std::size_t before = 0;
    constexpr int warm_up = 3, times = 100;
    for (int i = 0; i < warm_up + times; ++i) {
        if (i == warm_up) before = allocation_count();
        out.clear();
        std::copy(message.begin(), message.end(), octets.begin());
        line.on_bytes(ctx, octets, an_hour_before + std::chrono::seconds(i), out);
    }
    const auto spent = allocation_count() - before;
    EXPECT_EQ(events.validated, warm_up + times);
    EXPECT_EQ(out.bytes.size(), v2_key.size());
    return spent;
}

TEST(RespAllocation, NoneForAGoodMrasUsername) {
    EXPECT_EQ(allocations_of(v2_username), 0u);
}

TEST(RespAllocation, NoneForAGoodTurnRestName) {
    EXPECT_EQ(allocations_of(rest_name), 0u);
}

}  // namespace
}  // namespace relayauth::session
