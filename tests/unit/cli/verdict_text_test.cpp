#include "relayauth/cli/verdict_text.hpp"

#include "relayauth/base/time_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

const wall_time noon = *parse_utc("2026-11-22T12:00:00Z");

judged good() {
    judged value;
    rpc::received_good_credential verdict;
    verdict.key_id = "0a1b2c3d";
    verdict.issued_at = noon - 1h;
    verdict.expires_at = noon + 7h;
    verdict.remaining = 7h;
    verdict.token_version = 2;
    verdict.dialect = rpc::dialect::mras;
    value.verdict = verdict;
    value.server_time = value.received_at = noon;
    return value;
}

judged refused(rpc::reason why) {
    judged value;
    rpc::received_refusal verdict;
    verdict.why = why;
    verdict.words = "the server's words";
    value.verdict = verdict;
    value.server_time = value.received_at = noon;
    return value;
}

rpc::received_refusal& refusal_in(judged& value) {
    return std::get<rpc::received_refusal>(value.verdict);
}

TEST(VerdictText, BeginsWithGood) {
    EXPECT_TRUE(good().good());
    EXPECT_EQ(verdict_text(good()),
              "good:          for another 7 h, minted by key 0a1b2c3d\n"
              "form:          v2\n"
              "issued:        2026-11-22T11:00:00Z (1 h ago)\n"
              "expires:       2026-11-22T19:00:00Z (in 7 h)\n"
              "server clock:  2026-11-22T12:00:00Z\n");
}

TEST(VerdictText, NamesTheFormOfATurnRestName) {
    auto value = good();
    auto& verdict = std::get<rpc::received_good_credential>(value.verdict);
    verdict.dialect = rpc::dialect::turn_rest;
    verdict.token_version = 0;
    verdict.issued_at = std::nullopt;
    EXPECT_EQ(verdict_text(value),
              "good:          for another 7 h, minted by key 0a1b2c3d\n"
              "form:          TURN REST\n"
              "expires:       2026-11-22T19:00:00Z (in 7 h)\n"
              "server clock:  2026-11-22T12:00:00Z\n");
    EXPECT_THAT(verdict_json(value), HasSubstr(R"("dialect":"turn_rest","version":0,"expires")"));
}

TEST(VerdictText, ShowsNoLongTermKey) {
    auto value = good();
    std::get<rpc::received_good_credential>(value.verdict).long_term_key = "0123456789abcdef";
    EXPECT_EQ(verdict_text(value), verdict_text(good()));
    EXPECT_EQ(verdict_json(value), verdict_json(good()));
}

TEST(VerdictText, BeginsWithTheReasonOfARefusal) {
    EXPECT_FALSE(refused(rpc::reason::malformed).good());
    EXPECT_EQ(verdict_text(refused(rpc::reason::malformed)),
              "refused:       malformed\n"
              "server says:   the server's words\n"
              "server clock:  2026-11-22T12:00:00Z\n");
}

TEST(VerdictText, ShowsTheTimesAndTheOffsetWhenKnown) {
    auto value = refused(rpc::reason::not_yet_valid);
    auto& refusal = refusal_in(value);
    refusal.issued_at = noon + 8h;
    refusal.expires_at = noon + 16h;
    refusal.offset = ticks(-8h);
    refusal.clock_offset_setting = ticks(-8h);
    EXPECT_EQ(verdict_text(value),
              "refused:       not_yet_valid\n"
              "server says:   the server's words\n"
              "issued:        2026-11-22T20:00:00Z (in 8 h)\n"
              "expires:       2026-11-23T04:00:00Z (in 16 h)\n"
              "server clock:  2026-11-22T12:00:00Z\n"
              "offset:        -8 h (the server's clock minus the issue time)\n"
              "clock offset:  -8 h (the server's clock is moved on purpose)\n");
}

TEST(VerdictText, AddsALineWhenTheClocksDiffer) {
    auto value = good();
    value.server_ahead = 8h;
    EXPECT_THAT(verdict_text(value),
                HasSubstr("\nclocks: the server's is 8 h ahead of this machine's (looks like a "
                          "time zone error of +8 h)\n"));
    EXPECT_THAT(verdict_text(good()), Not(HasSubstr("clocks:")));
}

TEST(VerdictText, DoesNotTrustWhatItDoesNotKnow) {
    auto value = refused(rpc::reason::expired);
    refusal_in(value).why = std::nullopt;
    EXPECT_THAT(verdict_text(value), HasSubstr("refused:       unknown_reason\n"));
    EXPECT_THAT(verdict_json(value), HasSubstr(R"("good":false,"reason":"unknown_reason")"));
}

TEST(VerdictText, HoldsNothingThatATerminalObeys) {
    auto value = refused(rpc::reason::expired);
    refusal_in(value).words = "\x1b[2J\n";
    EXPECT_THAT(verdict_text(value), HasSubstr("server says:   \\x1b[2J\\n\n"));
    EXPECT_THAT(verdict_json(value), HasSubstr(R"("words":"\u001b[2J\u000a")"));
    auto strange = good();
    std::get<rpc::received_good_credential>(strange.verdict).key_id = "\x1b";
    EXPECT_THAT(verdict_text(strange), HasSubstr("key \\x1b\n"));
}

TEST(VerdictJson, TellsEverythingInNumbers) {
    auto value = good();
    value.server_ahead = -8h;
    EXPECT_EQ(verdict_json(value),
              R"({"good":true,"key_id":"0a1b2c3d","dialect":"mras","version":2,)"
              R"("issued":"2026-11-22T11:00:00Z",)"
              R"("expires":"2026-11-22T19:00:00Z","remaining_seconds":25200,)"
              R"("server_time":"2026-11-22T12:00:00Z","server_ahead_seconds":-28800})");
    value.server_ahead = 8h - 200ms;
    EXPECT_THAT(verdict_json(value), HasSubstr(R"("server_ahead_seconds":28800})"));
    auto bad = refused(rpc::reason::not_yet_valid);
    refusal_in(bad).offset = ticks(-8h);
    refusal_in(bad).expires_at = noon + 8h;
    EXPECT_EQ(verdict_json(bad),
              R"({"good":false,"reason":"not_yet_valid","words":"the server's words",)"
              R"("expires":"2026-11-22T20:00:00Z","offset_seconds":-28800,)"
              R"("clock_offset_seconds":0,"server_time":"2026-11-22T12:00:00Z",)"
              R"("server_ahead_seconds":0})");
}

TEST(Judge, TakesTheOneVerdictOrTheRefusalOfTheCall) {
    client::rpc_answer answer;
    answer.sent_at = noon;
    answer.received_at = noon + 2s;
    answer.reply.read_at = noon + 8h + 1s;
    answer.reply.written_at = noon + 8h + 1s;
    answer.reply.result = rpc::received_verdicts{std::get<0>(good().verdict)};
    const auto first = judge(answer);
    EXPECT_TRUE(first.good());
    EXPECT_EQ(first.server_time, noon + 8h + 1s);
    EXPECT_EQ(first.received_at, noon + 2s);
    EXPECT_EQ(first.server_ahead, ticks(8h));

    rpc::received_refusal busy;
    busy.why = rpc::reason::busy;
    answer.reply.result = busy;
    const auto second = judge(answer);
    EXPECT_FALSE(second.good());
    EXPECT_EQ(std::get<rpc::received_refusal>(second.verdict).why, rpc::reason::busy);
}

}  // namespace
}  // namespace relayauth::cli
