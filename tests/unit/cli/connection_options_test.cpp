#include "relayauth/cli/connection_options.hpp"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>

namespace relayauth::cli {
namespace {

using namespace std::chrono_literals;

connection_options parsed(const std::string& command_line) {
    CLI::App app;
    connection_options options;
    add_connection_options(app, options);
    app.parse(command_line);
    return options;
}

TEST(ConnectionOptions, UseTlsAndTheDefaultTimesUnlessTold) {
    const auto chosen = parsed("--server edge.example.test").chosen();
    EXPECT_EQ(to_text(chosen.server), "edge.example.test:5062");
    EXPECT_TRUE(chosen.tls);
    EXPECT_EQ(chosen.connect_timeout, 4s);
    EXPECT_EQ(chosen.answer_timeout, 5s);
}

TEST(ConnectionOptions, AreAllTaken) {
    const auto chosen = parsed(
                            "--server [::1]:1 --ca c --server-name n --client-certificate f "
                            "--client-key k --timeout 250ms")
                            .chosen();
    EXPECT_EQ(to_text(chosen.server), "[::1]:1");
    EXPECT_EQ(chosen.ca_file, "c");
    EXPECT_EQ(chosen.server_name, "n");
    EXPECT_EQ(chosen.certificate_file, "f");
    EXPECT_EQ(chosen.key_file, "k");
    EXPECT_EQ(chosen.connect_timeout, 250ms);
    EXPECT_EQ(chosen.answer_timeout, 250ms);
    EXPECT_FALSE(parsed("--server a --tcp").chosen().tls);
}

bool fits(const std::string& more) {
    return !parsed("--server a " + more).problem();
}

TEST(ConnectionOptions, AreOfferedToACommandThatCanDoWithoutAServer) {
    const auto offered = [](const std::string& command_line) {
        CLI::App app;
        connection_options options;
        offer_connection_options(app, options);
        app.parse(command_line);
        return options;
    };
    EXPECT_FALSE(offered("").asked_for());
    EXPECT_TRUE(offered("--server a --tcp").asked_for());
    for (const std::string alone : {"--tcp", "--ca c", "--timeout 1s", "--client-certificate f"}) {
        EXPECT_THROW(offered(alone), CLI::RequiresError) << alone;
    }
    EXPECT_THROW(parsed(""), CLI::RequiredError);
}

TEST(ConnectionOptions, MustFitTogether) {
    EXPECT_TRUE(fits(""));
    EXPECT_TRUE(fits("--tcp"));
    EXPECT_TRUE(fits("--ca c --server-name n"));
    EXPECT_TRUE(fits("--ca c"));
    EXPECT_TRUE(fits("--client-certificate f"));
    EXPECT_TRUE(fits("--client-certificate f --client-key k"));
    EXPECT_FALSE(fits("--server-name n"));
    EXPECT_FALSE(fits("--client-key k"));
    EXPECT_FALSE(fits("--tcp --ca c"));
    EXPECT_FALSE(fits("--tcp --client-certificate f"));
}

}  // namespace
}  // namespace relayauth::cli
