#include "own_client.hpp"
#include "running_server.hpp"

#include <gtest/gtest.h>

#include <ostream>

// One credential for 8 hours, judged by servers whose clocks are wrong: verdict, offset, words.
namespace relayauth::lab {
namespace {

const char* const zone_words = "looks like a time zone error of ";

// By a server whose clock is right; the judges have only its key.
credential minted(const std::string& mras_version = "2.0") {
    const running_server mint;
    return request_credential(mint.address(), {"--mras-version", mras_version});
}

// A server whose clock is wrong on purpose. For one that is behind, a fresh certificate is not
// valid yet; only the credential is on trial.
std::vector<std::string> off_by(const char* offset, std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--clock-offset", offset, "--allow-expired-certificate"});
    return more;
}

struct judge {
    const char* offset;
    const char* reason;  // empty: good
    int seconds;         // what the offset must be, where one is known
    std::string words;   // must be in the server's words
    bool says_time_zone;
};
std::ostream& operator<<(std::ostream& out, const judge& each) {
    return out << each.offset;
}

class Clock : public ::testing::TestWithParam<judge> {};

TEST_P(Clock, DecidesAndSaysWhy) {
    const auto& wanted = GetParam();
    const running_server server(off_by(wanted.offset));
    EXPECT_NE(server.wait_for_line({" clock ", "wrong on purpose"}), "") << server.log();
    const auto done = validate(server.address(), minted());
    const auto& said = done.output;
    EXPECT_EQ(text_of(said, "reason"), wanted.reason) << said;
    EXPECT_EQ(done.code, *wanted.reason == '\0' ? 0 : 3);
    EXPECT_NEAR(number_of(said, "server_ahead_seconds"), wanted.seconds, 2);
    if (*wanted.reason == '\0') return;

    const auto words = text_of(said, "words");
    EXPECT_NE(words.find(wanted.words), std::string::npos) << words;
    EXPECT_EQ(words.find(zone_words) != std::string::npos, wanted.says_time_zone) << words;
    EXPECT_NE(words.find("server clock 20"), std::string::npos) << words;
    EXPECT_NE(words.find("--clock-offset"), std::string::npos) << words;
    EXPECT_EQ(number_of(said, "clock_offset_seconds"), wanted.seconds);
    // The token was made within the last minute, by a clock that is right.
    if (std::string(wanted.reason) == "not_yet_valid") {
        EXPECT_GE(number_of(said, "offset_seconds"), wanted.seconds - 2) << said;
        EXPECT_LE(number_of(said, "offset_seconds"), wanted.seconds + 60) << said;
    }
    EXPECT_NE(server.wait_for_line({"validate_refused", "reason=" + std::string(wanted.reason)}),
              "");
}

INSTANTIATE_TEST_SUITE_P(
    WrongBy, Clock,
    ::testing::Values(
        judge{"-8h", "not_yet_valid", -8 * 3600, "looks like a time zone error of -8 h", true},
        judge{"-6m", "not_yet_valid", -6 * 60, "in the future of this server's clock", false},
        judge{"-4m", "", -4 * 60, "", false}, judge{"+6m", "", 6 * 60, "", false},
        judge{"7h58m", "", 7 * 3600 + 58 * 60, "", false},
        judge{"8h1m", "expired", 8 * 3600 + 60, "an old credential, or this clock is ahead", false},
        judge{"+8h", "expired", 8 * 3600, "an old credential, or this clock is ahead", false}),
    [](const auto& each) {
        std::string name;
        for (const char c : std::string(each.param.offset)) {
            name += c == '-' ? std::string("Minus") : c == '+' ? "Plus" : std::string(1, c);
        }
        return name;
    });

TEST(ClockOfOldTokens, CatchesOnlyWhatEndsTooLate) {
    const running_server behind(off_by("-8h"));
    const auto refused = validate(behind.address(), minted("1.0"));
    EXPECT_EQ(refused.code, 3);
    EXPECT_EQ(text_of(refused.output, "reason"), "minted_ahead") << refused.output;
    const auto words = text_of(refused.output, "words");
    EXPECT_NE(words.find("a clock ahead, or minted under a longer maximum"), std::string::npos);
    EXPECT_EQ(words.find(zone_words), std::string::npos) << words;

    const running_server ahead(off_by("+8h"));
    EXPECT_EQ(text_of(validate(ahead.address(), minted("1.0")).output, "reason"), "expired");
}

TEST(ClockOfTheMint, ThatRunsAheadIsCaughtByARightOne) {
    const running_server ahead(off_by("+8h"));
    const auto early = request_credential(ahead.address(), {"--duration", "10"});
    EXPECT_EQ(validate(ahead.address(), early).code, 0) << "by its own clock it is good";
    const running_server right;
    const auto refused = validate(right.address(), early);
    EXPECT_EQ(text_of(refused.output, "reason"), "not_yet_valid") << refused.output;
    EXPECT_NEAR(number_of(refused.output, "offset_seconds"), -8 * 3600, 30);
    EXPECT_NE(text_of(refused.output, "words").find(zone_words + std::string("-8 h")),
              std::string::npos);
}

TEST(ClockDifference, IsSaidToWhoAsks) {
    const running_server server(off_by("+8h"));
    const auto done = run({relayauth_program, "request", "--server", server.address(), "--identity",
                           "sip:alice@example.test"});
    EXPECT_EQ(done.code, 0) << done.errors;
    EXPECT_NE(done.output.find("clocks: the server's is 8 h ahead of this machine's (" +
                               std::string(zone_words) + "+8 h)"),
              std::string::npos)
        << done.output;
}

TEST(ClockSettings, ToleranceAndGraceMoveTheEdges) {
    const running_server strict(off_by("-4m", {"--clock-tolerance", "60"}));
    EXPECT_EQ(text_of(validate(strict.address(), minted()).output, "reason"), "not_yet_valid");
    const running_server kind(off_by("8h1m", {"--expiry-grace", "5m"}));
    EXPECT_EQ(validate(kind.address(), minted()).code, 0);
}

}  // namespace
}  // namespace relayauth::lab
