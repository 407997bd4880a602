#include "relayauth/cli/demo.hpp"

#include "relayauth/cli/demo_lab.hpp"
#include "relayauth/cli/experiments.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace relayauth::cli {
namespace {

int run() {
    try {
        demo_lab lab;
        const bool subject = demo_subject(std::cout, lab);
        const bool clock = demo_clock(std::cout, lab);
        if (subject && clock) {
            std::cout
                << "Every row is as it must be: the subject does not matter, the clock does.\n";
            return 0;
        }
        std::cout << "At least one row is not as it must be: see the marks above.\n";
        return 1;
    } catch (const demo_failure& why) {
        std::cerr << "relayauth demo: " << why.what() << "\n";
        return 2;
    }
}

}  // namespace

CLI::App* add_demo(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand(
        "demo",
        "two experiments with real server processes: the subject does not matter, the clock does");
    command->callback([&exit_code] { exit_code = run(); });
    return command;
}

}  // namespace relayauth::cli
