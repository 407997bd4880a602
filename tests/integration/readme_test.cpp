#include "child_process.hpp"
#include "free_port.hpp"
#include "running_server.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <regex>
#include <set>
#include <sstream>

// The commands of the README work as they stand there.
namespace relayauth::lab {
namespace {

// The lines of each ```sh block.
std::vector<std::vector<std::string>> shell_blocks() {
    std::vector<std::vector<std::string>> blocks;
    std::istringstream readme(read_file(RELAYAUTH_SOURCE_DIR "/README.md"));
    bool inside = false;
    for (std::string line; std::getline(readme, line);) {
        if (line.starts_with("```")) {
            inside = !inside && line == "```sh";
            if (inside) blocks.emplace_back();
        } else if (inside && !line.empty()) {
            blocks.back().push_back(line);
        }
    }
    return blocks;
}

void replace_all(std::string& line, const std::string& what, const std::string& by) {
    for (std::size_t at = 0; (at = line.find(what, at)) != std::string::npos; at += by.size()) {
        line.replace(at, what.size(), by);
    }
}

// A script of a block: on ports that are free, and with time for what runs in the background.
std::string script_of(const std::vector<std::string>& lines, const std::string& port) {
    std::string script =
        "set -emuxo pipefail\ntrap 'kill -KILL $(jobs -p) 2>/dev/null || true' EXIT\n";
    for (auto line : lines) {
        replace_all(line, "5062", port);
        replace_all(line, "127.0.0.1:6379", "127.0.0.1:0");
        // On a busy machine a load run may rightly say that it is void, and so its report.
        if (line.starts_with("relayauth load ") || line.starts_with("relayauth report ")) {
            line += " || (( $? == 4 ))";
        }
        script += line + "\n";
        if (!line.ends_with("&")) continue;
        script += "for i in {1..600}; do (: </dev/tcp/127.0.0.1/" + port +
                  ") 2>/dev/null && break; sleep 0.05; done\n";
    }
    return script + "wait\ntrap - EXIT\n";
}

TEST(Readme, NamesTheTwoCommandsThatANewcomerRuns) {
    const auto blocks = shell_blocks();
    ASSERT_GE(blocks.size(), 2u);
    EXPECT_EQ(blocks[0], (std::vector<std::string>{"./dev run", "./dev test"}));
    const auto help = run({RELAYAUTH_SOURCE_DIR "/dev", "help"});
    EXPECT_EQ(help.code, 0);
    for (const auto* command : {"\n  run ", "\n  test "}) {
        EXPECT_NE(help.output.find(command), std::string::npos) << help.output;
    }
}

TEST(Readme, EachCommandByHandWorks) {
    const auto blocks = shell_blocks();
    const auto folder = std::filesystem::path(relayauth_program).parent_path().string();
    const std::string path = std::getenv("PATH");
    const auto port = std::to_string(free_port());
    for (std::size_t i = 1; i < blocks.size(); ++i) {
        const temporary_folder place;
        place.write("script", script_of(blocks[i], port));
        const auto done = run({"bash", "-c", "cd '" + place.path() + "' && exec bash script"},
                              {"PATH=" + folder + ":" + path}, {}, 120s);
        EXPECT_EQ(done.code, 0) << done.output << done.errors;
    }
}

// The options that `relayauth COMMAND... --help` lists.
std::set<std::string> options_of(std::vector<std::string> command) {
    command.insert(command.begin(), relayauth_program);
    command.emplace_back("--help");
    const auto help = run(command);
    EXPECT_EQ(help.code, 0) << help.errors;
    std::set<std::string> found;
    static const std::regex option("(^|\n)  (-[a-z],)?(--[a-z-]+)");
    for (std::sregex_iterator each(help.output.begin(), help.output.end(), option), end;
         each != end; ++each) {
        found.insert((*each)[3]);
    }
    return found;
}

TEST(Readme, NamesEveryOptionOfEveryCommand) {
    const auto readme = read_file(RELAYAUTH_SOURCE_DIR "/README.md");
    const std::vector<std::pair<std::vector<std::string>, std::string>> commands = {
        {{}, "--version"},
        {{"serve"}, "--clock-offset"},
        {{"request"}, "--mras-version"},
        {{"validate"}, "--identity"},
        {{"explain"}, "--at"},
        {{"certificate"}, "--help"},
        {{"certificate", "create"}, "--days"},
        {{"certificate", "show"}, "--password-file"},
        {{"clock", "accept"}, "--port"},
        {{"clock", "status"}, "--admin-socket"},
        {{"demo"}, "--help"},
        {{"doctor"}, "--watch"},
        {{"keys", "export"}, "--purpose"},
        {{"lab", "clock"}, "--zone"},
        {{"lab", "list"}, "--admin-socket"},
        {{"lab", "rule"}, "--remove"},
        {{"load"}, "--handshake-per-request"},
        {{"report"}, "--svg"},
    };
    for (const auto& [command, one] : commands) {
        const auto options = options_of(command);
        EXPECT_EQ(options.count(one), 1u) << "the help was not read: " << one;
        for (const auto& each : options) {
            EXPECT_TRUE(std::regex_search(readme, std::regex("`([^`\n]* )?" + each + "[ `=]")))
                << "README.md does not name " << each;
        }
    }
}

// Every command is asked for above.
TEST(Readme, IsHeldAgainstEveryCommand) {
    const auto help = run({relayauth_program, "--help"}).output;
    const auto list = help.substr(std::min(help.size(), help.find("Subcommands:")));
    static const std::regex name("\n  ([a-z]+) ");
    std::set<std::string> found;
    for (std::sregex_iterator each(list.begin(), list.end(), name), end; each != end; ++each) {
        found.insert((*each)[1]);
    }
    EXPECT_EQ(found,
              (std::set<std::string>{"certificate", "clock", "demo", "doctor", "explain", "keys",
                                     "lab", "load", "report", "request", "serve", "validate"}));
}

}  // namespace
}  // namespace relayauth::lab
