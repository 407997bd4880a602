#include "moved_clock.hpp"

#include "own_client.hpp"
#include "running_server.hpp"
#include "sanitizer.hpp"

#include <gtest/gtest.h>

// `relayauth explain --server`: what a server says of a credential, by its keys and its clock.
namespace relayauth::lab {
namespace {

const std::string alice = "sip:alice@example.test";

finished explain_at(const running_server& server, const std::string& text,
                    std::vector<std::string> options = {}) {
    options.insert(options.begin(), {text, "--tcp"});
    return ask_relayauth("explain", server.address(), options);
}

TEST(Explain, OverRpcTellsWhatTheServerKnows) {
    running_server server;
    const auto minted = request_credential(server.address());
    const auto told = explain_at(server, minted.username, {minted.password, "--identity", alice});
    EXPECT_EQ(told.code, 0) << told.output << told.errors;
    for (const auto* fact : {R"("good":true)", R"("identity_fits":true)", R"("password_fits":true)",
                             R"("version":2)", R"("lifetime_seconds":28800)"}) {
        EXPECT_NE(told.output.find(fact), std::string::npos) << fact << told.output;
    }
    const auto broken = explain_at(server, minted.username + "\n");
    EXPECT_EQ(broken.code, 3);
    EXPECT_NE(broken.output.find(R"("name":"white_space")"), std::string::npos) << broken.output;
    const auto log = server.log();
    EXPECT_NE(log.find(" explained "), std::string::npos) << log;
    EXPECT_EQ(log.find(minted.username), std::string::npos);
    EXPECT_EQ(log.find(minted.password), std::string::npos);
    EXPECT_NE(server.stop().find(" explained=1"), std::string::npos);
}

// All but the server's own members is the same as offline with its key at its clock's time.
TEST(Explain, OverRpcIsEqualToOfflineWithTheSameKeyAndClock) {
    const running_server server;
    const auto minted = request_credential(server.address());
    const auto at = std::string("2031-01-02T03:04:05Z");
    const auto there = explain_at(server, minted.username, {"--at", at});
    const auto here = run({relayauth_program, "explain", minted.username, "--certificate",
                           shared_certificate().certificate, "--key", shared_certificate().key,
                           "--at", at, "--json"});
    const auto verdict = [](const std::string& json) {
        const auto begin = json.find(R"("signature_checked")");
        return json.substr(begin, json.find(R"(_in_seconds)", begin) - begin);
    };
    EXPECT_FALSE(verdict(here.output).empty()) << here.output << here.errors;
    EXPECT_EQ(verdict(there.output), verdict(here.output));
    for (const auto* member : {"key_id", "issued", "expires", "client_id", "accepted_from",
                               "accepted_until", "at", "reason", "words"}) {
        EXPECT_EQ(text_of(there.output, member), text_of(here.output, member)) << member;
        EXPECT_FALSE(text_of(here.output, member).empty()) << member << here.output;
    }
}

TEST(Explain, AtAServerEightHoursAheadSaysWhoseClockDecided) {
    if (thread_sanitizer || address_sanitizer) GTEST_SKIP() << "libfaketime under a sanitizer";
    const running_server right;
    const auto minted = request_credential(right.address());
    const running_server ahead({}, shared_certificate(), moved_clock("+8h"));
    const auto told = explain_at(ahead, minted.username);
    EXPECT_EQ(told.code, 3);
    EXPECT_EQ(text_of(told.output, "reason"), "expired") << told.output;
    EXPECT_NEAR(number_of(told.output, "server_ahead_seconds"), 8 * 3600, 2);
    const auto words =
        run({relayauth_program, "explain", minted.username, "--tcp", "--server", ahead.address()})
            .output;
    EXPECT_NE(words.find("refused as expired: "), std::string::npos) << words;
    EXPECT_NE(words.find("an old credential, or this clock is ahead"), std::string::npos) << words;
    EXPECT_NE(words.find("clocks: the server's is 8 h ahead of this machine's (looks like a time "
                         "zone error of +8 h)"),
              std::string::npos)
        << words;
    // Both clocks and the offset are in the log.
    EXPECT_NE(ahead.wait_for_line({" explained ", "reason=expired",
                                   "server_time=", "issued_at=", "expires_at=", "offset="}),
              "")
        << ahead.log();
    // The clock of this machine is right, and offline nothing speaks against it.
    EXPECT_EQ(run({relayauth_program, "explain", minted.username}).code, 0);
}

}  // namespace
}  // namespace relayauth::lab
