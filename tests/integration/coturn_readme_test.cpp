#include "relay_lab.hpp"

#include "free_port.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace relayauth::lab {
namespace {

// The lines of README.md's block that begins with `# turnserver.conf`, without comments.
std::vector<std::string> printed_settings() {
    std::ifstream readme(RELAYAUTH_SOURCE_DIR "/README.md");
    std::vector<std::string> lines;
    bool inside = false;
    for (std::string line; std::getline(readme, line);) {
        if (inside && line.starts_with("```")) break;
        if (inside && !line.starts_with('#')) lines.push_back(line.substr(0, line.find(" #")));
        inside = inside || line.starts_with("# turnserver.conf");
    }
    return lines;
}

TEST(ReadmesTurnserverConf, LetsAUserIn) {
    const running_server server({"--realm", "example.org", "--redis-listen", "127.0.0.1:0"});
    auto settings = printed_settings();
    std::string realm;
    std::size_t doors = 0;
    for (auto& line : settings) {
        if (line.starts_with("realm=")) realm = line.substr(6);
        const std::string usual = "port=6379";
        if (const auto at = line.find(usual); at != std::string::npos) {
            line.replace(at, usual.size(), "port=" + std::to_string(server.redis_port()));
            ++doors;
        }
    }
    std::erase_if(settings, [](const std::string& line) {
        return line.starts_with("listening-port=");  // 3478 may be taken
    });
    ASSERT_EQ(realm, "example.org");
    ASSERT_EQ(doors, 1u);
    const coturn relay(realm, settings);
    const auto minted = request_credential(server.address());
    uclient client(relay.port(), minted.username, minted.password);
    EXPECT_TRUE(client.has_relayed()) << client.output() << relay.log();
    EXPECT_NE(server.wait_for_line({" validated ", "door=redis"}), "") << server.log();
}

// The rows of README.md's table about a 401, but the first two, which coturn_test.cpp has.

std::vector<std::string> asks_with_password(const running_server& server,
                                            const std::string& password) {
    return {"lt-cred-mech", "redis-userdb=\"ip=127.0.0.1 dbname=0 password=" + password + " port=" +
                                std::to_string(server.redis_port()) + " connect_timeout=5\""};
}

TEST(ReadmesTableOf401, ForbiddenMeansThatTheRedisPasswordIsMissingOrWrong) {
    const temporary_folder folder;
    const running_server server({"--realm", lab_realm, "--redis-listen", "127.0.0.1:0",
                                 "--redis-password-file", folder.write("password", "s3cret\n")});
    const auto shown = request_credential(server.address());
    const coturn without(lab_realm, asks_redis_at(server.redis_port()));
    expect_401(without, shown);
    EXPECT_NE(server.wait_for_line({" request_refused ", "door=redis", "reason=forbidden"}), "")
        << server.log();
    const coturn wrong(lab_realm, asks_with_password(server, "guess"));
    expect_401(wrong, shown);
    EXPECT_NE(server.wait_for_line({"reason=forbidden", "AUTH with another password"}), "");
    EXPECT_EQ(server.count_lines(" validated "), 0u);

    const coturn right(lab_realm, asks_with_password(server, "s3cret"));
    uclient client(right.port(), shown.username, shown.password);
    EXPECT_TRUE(client.has_relayed()) << client.output() << right.log();
}

TEST(ReadmesTableOf401, ALineSaysHowManyOfAUserWereLeftOut) {
    const asked_relay home;
    // coturn's client tries some 30 times at once.
    expect_401(home.relay, {"1:long-ago", "secret"});
    EXPECT_NE(home.server.wait_for_line({" log_lines_left_out ", "reason=expired", "door=redis",
                                         "identity_hash=", "count="}),
              "")
        << home.server.log();
}

TEST(ReadmesTableOf401, NothingMeansThatCoturnDidNotAsk) {
    const running_server server({"--realm", lab_realm, "--redis-listen", "127.0.0.1:0"});
    const auto shown = request_credential(server.address());
    const coturn elsewhere(lab_realm, asks_redis_at(free_port()));
    expect_401(elsewhere, shown);
    auto with_secret = asks_redis_at(server.redis_port());
    with_secret.push_back("use-auth-secret");
    const coturn by_secret(lab_realm, with_secret);
    expect_401(by_secret, shown);
    EXPECT_EQ(server.count_lines("reason="), 0u) << server.log();
}

TEST(ReadmesTableOf401, ANameWithASpaceIsCoturnsOwn400) {
    const asked_relay home;
    uclient client(home.relay.port(), "a b", "secret");
    EXPECT_FALSE(client.was_refused()) << "that would be a 401";
    EXPECT_NE(client.output().find("error 400"), std::string::npos) << client.output();
    EXPECT_TRUE(home.relay.has_line({"wrong username"})) << home.relay.log();
    EXPECT_EQ(home.server.count_lines("reason="), 0u) << home.server.log();
}

}  // namespace
}  // namespace relayauth::lab
