#include "relay_lab.hpp"

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

}  // namespace
}  // namespace relayauth::lab
