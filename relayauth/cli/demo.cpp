#include "relayauth/cli/demo.hpp"

#include "relayauth/cli/demo_lab.hpp"
#include "relayauth/cli/experiments.hpp"
#include "relayauth/cli/interruption.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace relayauth::cli {
namespace {

int experiment() {
    demo_lab lab;
    const bool subject = demo_subject(std::cout, lab);
    const bool clock = demo_clock(std::cout, lab);
    if (subject && clock) {
        std::cout << "Every row is as it must be: the subject does not matter, the clock does.\n";
        return 0;
    }
    std::cout << "At least one row is not as it must be: see the marks above.\n";
    return 1;
}

// An interrupted demo ends like one that failed, so that its folder and its servers go.
int run() {
    const interruption_watch watch;
    int code = 2;
    try {
        code = experiment();
    } catch (const demo_failure& why) {
        if (interruption_watch::noted() == 0) std::cerr << "relayauth demo: " << why.what() << "\n";
    }
    const int signal_number = interruption_watch::noted();
    return signal_number == 0 ? code : exit_code_of(signal_number);
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
