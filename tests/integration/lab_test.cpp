#include "own_client.hpp"
#include "running_server.hpp"
#include "service_request.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <filesystem>

// A server that is wrong on purpose, and who may make it so.
namespace relayauth::lab {
namespace {

// `relayauth WORDS --admin-socket ...` for this server.
finished administer(const running_server& server, std::vector<std::string> words) {
    words.insert(words.begin(), relayauth_program);
    words.insert(words.end(), {"--admin-socket", server.admin_socket(), "--json"});
    return run(words);
}

TEST(AdminSocket, IsClosedToOthersAndGoesWithItsServer) {
    running_server server;
    struct stat found {};
    ASSERT_EQ(lstat(server.admin_socket().c_str(), &found), 0);
    EXPECT_TRUE(S_ISSOCK(found.st_mode));
    EXPECT_EQ(found.st_mode & 0777, 0600u);
    EXPECT_NE(server.wait_for_line({"admin_socket", "path=" + server.admin_socket()}), "");
    server.stop();
    EXPECT_NE(lstat(server.admin_socket().c_str(), &found), 0);
}

TEST(AdminSocket, WithoutLabRefusesToBeWrongAndTellsTheClock) {
    const running_server server;
    for (const auto& words :
         std::vector<std::vector<std::string>>{{"lab", "list"},
                                               {"lab", "clock", "--offset", "+8h"},
                                               {"lab", "rule", "sip:*", "expired"},
                                               {"lab", "rule", "--clear"}}) {
        const auto refused = administer(server, words);
        EXPECT_EQ(refused.code, 3) << refused.output;
        EXPECT_NE(refused.errors.find("refused: this server runs without --lab"), std::string::npos)
            << refused.errors;
    }
    for (const auto* word : {"status", "accept"}) {
        const auto told = administer(server, {"clock", word});
        EXPECT_EQ(told.code, 0) << told.errors;
        EXPECT_EQ(text_of(told.output, "words"), "nothing is held") << told.output;
        EXPECT_EQ(number_of(told.output, "clock_offset_ms"), 0);
    }
}

TEST(LabClock, MovesTheClockThatJudgesAndSaysSo) {
    const running_server server({"--lab"});
    const auto minted = request_credential(server.address());
    const auto moved = administer(server, {"lab", "clock", "--offset", "-8h"});
    EXPECT_EQ(moved.code, 0) << moved.errors;
    EXPECT_EQ(number_of(moved.output, "clock_offset_ms"), -8 * 3600 * 1000);
    const auto refused = validate(server.address(), minted);
    EXPECT_EQ(text_of(refused.output, "reason"), "not_yet_valid") << refused.output;
    EXPECT_NE(text_of(refused.output, "words").find("moved on purpose by -8 h"), std::string::npos);
    EXPECT_EQ(number_of(refused.output, "clock_offset_seconds"), -8 * 3600);
    EXPECT_NE(server.wait_for_line({"lab_clock", "clock_offset=\"-8 h\""}), "");
    EXPECT_EQ(administer(server, {"lab", "clock", "--reset"}).code, 0);
    EXPECT_EQ(validate(server.address(), minted).code, 0);
}

}  // namespace
}  // namespace relayauth::lab
