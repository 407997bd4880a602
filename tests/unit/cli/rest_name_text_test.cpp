#include "relayauth/cli/rest_name_text.hpp"

#include "relayauth/base/time_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const wall_time noon = *parse_utc("2026-11-22T12:00:00Z");

client::rpc_answer answered_at_noon() {
    client::rpc_answer answer;
    answer.sent_at = answer.received_at = noon;
    answer.reply.read_at = answer.reply.written_at = noon;
    return answer;
}

client::rpc_answer granted() {
    auto answer = answered_at_noon();
    rpc::received_credential got;
    got.username = "1795377600:sip:alice@example.test";
    got.password = "FMvKMCWrDianBoEHgMmaxd6Nwy8=";
    got.issued_at = noon;
    got.expires_at = noon + 8h;
    got.duration_minutes = 480;
    got.realms = {"r.example.test"};
    got.relays = {{rpc::relay_location::internet, "turn.example.test", 3478, 443},
                  {std::nullopt, "new", 1, 2}};
    got.dialect = rpc::dialect::turn_rest;
    answer.reply.result = got;
    return answer;
}

client::rpc_answer refused(std::optional<rpc::reason> why) {
    auto answer = answered_at_noon();
    rpc::received_refusal refusal;
    refusal.why = why;
    refusal.words = "no \x1b realm";
    answer.reply.result = refusal;
    return answer;
}

TEST(RestNameText, ShowsTheCredential) {
    EXPECT_TRUE(has_credential(granted()));
    EXPECT_EQ(rest_name_text(granted()),
              "reason:        OK\n"
              "username:      1795377600:sip:alice@example.test\n"
              "password:      FMvKMCWrDianBoEHgMmaxd6Nwy8=\n"
              "lifetime:      8 h (480 minutes)\n"
              "expires:       2026-11-22T20:00:00Z (in 8 h)\n"
              "realm:         r.example.test\n"
              "relay:         internet turn.example.test udp 3478 tcp 443\n"
              "relay:         unknown_location new udp 1 tcp 2\n"
              "server clock:  2026-11-22T12:00:00Z\n");
}

TEST(RestNameText, ShowsTheRefusalAndNothingThatATerminalObeys) {
    EXPECT_FALSE(has_credential(refused(rpc::reason::wrong_realm)));
    EXPECT_EQ(rest_name_text(refused(rpc::reason::wrong_realm)),
              "refused:       wrong_realm\n"
              "server says:   no \\x1b realm\n"
              "server clock:  2026-11-22T12:00:00Z\n");
    EXPECT_THAT(rest_name_text(refused(std::nullopt)), HasSubstr("unknown_reason"));
    auto strange = granted();
    std::get<rpc::received_credential>(strange.reply.result).username = "\x1b";
    EXPECT_THAT(rest_name_text(strange), HasSubstr("username:      \\x1b\n"));
}

TEST(RestNameText, AddsALineWhenTheClocksDiffer) {
    auto ahead = granted();
    ahead.reply.read_at = ahead.reply.written_at = noon + 8h;
    EXPECT_THAT(rest_name_text(ahead), HasSubstr("\nclocks: the server's is 8 h ahead"));
}

TEST(RestNameJson, HasTheMembersOfAnMrasAnswerAndTheDialect) {
    EXPECT_EQ(rest_name_json(granted()),
              R"({"reason":"OK","credentials":[{"username":"1795377600:sip:alice@example.test",)"
              R"("password":"FMvKMCWrDianBoEHgMmaxd6Nwy8=","duration":480,)"
              R"("expires":"2026-11-22T20:00:00Z","relays":[{"location":"internet",)"
              R"("host":"turn.example.test","udp":3478,"tcp":443},)"
              R"({"location":"unknown_location","host":"new","udp":1,"tcp":2}],)"
              R"("realm":"r.example.test"}],"server_time":"2026-11-22T12:00:00Z",)"
              R"("dialect":"turn_rest"})");
    EXPECT_EQ(rest_name_json(refused(rpc::reason::wrong_realm)),
              R"({"reason":"wrong_realm","credentials":[],)"
              R"("server_time":"2026-11-22T12:00:00Z","dialect":"turn_rest",)"
              R"("warning":"no \u001b realm"})");
}

}  // namespace
}  // namespace relayauth::cli
