#include "moved_clock.hpp"

#include "own_client.hpp"
#include "running_server.hpp"
#include "sanitizer.hpp"
#include "tcp_stream.hpp"

#include <gtest/gtest.h>

#include <netinet/in.h>
#include <sys/socket.h>

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

// Nobody's clock shows the time that --at names, so nobody's is moved.
TEST(Explain, AtAnotherTimeNamesTheMovedClockForNowOnly) {
    const running_server server({"--clock-offset", "+8h"});
    const auto minted = request_credential(server.address());
    const auto told = explain_at(server, minted.username, {"--at", "2020-01-02T03:04:05Z"});
    EXPECT_EQ(text_of(told.output, "reason"), "not_yet_valid") << told.output;
    const auto words = text_of(told.output, "words");
    EXPECT_NE(words.find("at that time 2020-01-02T03:04:05Z"), std::string::npos) << words;
    EXPECT_EQ(words.find("server"), std::string::npos) << words;
    const auto now = told.output.substr(told.output.find(R"("now":)"));
    EXPECT_NE(text_of(now, "words").find("clock is moved on purpose by +8 h"), std::string::npos)
        << now;
    const auto offline =
        run({relayauth_program, "explain", minted.username, "--at", "2020-01-02T03:04:05Z"});
    EXPECT_EQ(offline.code, 3);
    EXPECT_EQ(offline.output.find("this server"), std::string::npos) << offline.output;
    EXPECT_EQ(offline.output.find("; server clock"), std::string::npos) << offline.output;
}

TEST(Explain, AtASilentServerSaysThatNoneIsNeeded) {
    const descriptor deaf(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::bind(deaf.number(), reinterpret_cast<const sockaddr*>(&here), sizeof here), 0);
    ASSERT_EQ(::listen(deaf.number(), 1), 0);
    const auto done =
        run({relayauth_program, "explain", "AgAA", "--tcp", "--timeout", "200ms", "--server",
             "127.0.0.1:" + std::to_string(local_port_of(deaf.number()))});
    EXPECT_EQ(done.code, 2);
    EXPECT_NE(done.errors.find("Without a server, explain works with --certificate F"),
              std::string::npos)
        << done.errors;
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
