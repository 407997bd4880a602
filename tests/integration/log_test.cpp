#include "own_client.hpp"
#include "running_server.hpp"
#include "service_request.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

// What the log says, and what it must not.
namespace relayauth::lab {
namespace {

TEST(Log, HoldsNoPasswordNoUsernameAndNoIdentity) {
    running_server server;
    const auto minted = request_credential(server.address());
    validate(server.address(), minted);
    auto wrong = minted;
    wrong.username[20] = wrong.username[20] == 'A' ? 'B' : 'A';
    validate(server.address(), wrong);
    server.stop();
    const auto log = server.log();
    EXPECT_NE(log.find(" issued "), std::string::npos);
    EXPECT_NE(log.find(" validated "), std::string::npos);
    EXPECT_NE(log.find(" validate_refused "), std::string::npos);
    for (const auto& text : {minted.username, minted.password, wrong.username,
                             minted.username.substr(0, 24), std::string("alice")}) {
        EXPECT_EQ(log.find(text), std::string::npos) << "in the log: " << text;
    }
}

// A flood of one kind from one place is told in a few lines and a count; the totals stay exact.
TEST(Log, IsNotFlooded) {
    constexpr std::size_t flood = 500;
    constexpr std::size_t lines_a_second = 10;
    running_server server({"--workers", "1"});
    auto peer = server.tcp();
    const stopwatch running;
    for (std::size_t i = 0; i < flood; ++i) {
        const auto answer = peer.ask(service(replaced(good_body, "480", "0")));
        ASSERT_TRUE(answer);
    }
    const auto seconds = static_cast<std::size_t>(running.elapsed() / 1s) + 1;
    const auto line = server.wait_for_line({"log_lines_left_out", "about=issue_refused", "count="});
    EXPECT_NE(line, "") << server.log();
    EXPECT_LE(server.count_lines(" issue_refused "), lines_a_second * (seconds + 1));
    EXPECT_NE(server.stop().find(" issue_refused_malformed=500"), std::string::npos);
}

TEST(Log, IsOneJsonObjectALineWhenAsked) {
    running_server server({"--log-format", "json", "--workers", "1"});
    auto peer = server.tcp();
    ASSERT_TRUE(peer.ask(service(replaced(good_body, "480", "0"))));
    EXPECT_EQ(text_of(server.stop(), "event"), "stopped");
    std::istringstream lines(server.log());
    std::size_t count = 0;
    for (std::string each; std::getline(lines, each); ++count) {
        EXPECT_TRUE(each.starts_with("{\"time\":\"20") && each.ends_with("}")) << each;
        EXPECT_NE(each.find(",\"level\":\""), std::string::npos) << each;
        EXPECT_NE(text_of(each, "event"), "") << each;
        EXPECT_EQ(std::count(each.begin(), each.end(), '"') % 2, 0) << each;
    }
    EXPECT_GE(count, 6u);
    const auto refused = server.wait_for_line({"\"event\":\"issue_refused\""}, 0ms);
    EXPECT_EQ(text_of(refused, "peer"), peer.name()) << server.log();
    EXPECT_EQ(text_of(refused, "reason"), "malformed");
}

}  // namespace
}  // namespace relayauth::lab
