#include "relayauth/cli/demo.hpp"

#include "relayauth/cli/demo_lab.hpp"
#include "relayauth/cli/experiments.hpp"
#include "relayauth/cli/interruption.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace relayauth::cli {
namespace {

struct demo_options {
    bool story = false;
    bool no_flip = false;
};

int tell_story(bool with_flip) {
    demo_lab lab;
    if (demo_story(std::cout, lab, with_flip)) {
        std::cout << "\nEvery line is as it must be: one clock was wrong, and each line said so.\n";
        return 0;
    }
    std::cout << "\nAt least one line is not as it must be: see the marks above.\n";
    return 1;
}

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
int run(const demo_options& options) {
    const interruption_watch watch;
    int code = 2;
    try {
        code = options.story ? tell_story(!options.no_flip) : experiment();
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
        "two experiments with real server processes: the subject does not matter, the clock does; "
        "or the story of a wrong one");
    const auto options = std::make_shared<demo_options>();
    auto* story = command->add_flag(
        "--story", options->story,
        "instead: how a pool with one server in the wrong time zone looks from every side, and how "
        "it is found; with a real relay (coturn)");
    command
        ->add_flag("--no-flip", options->no_flip,
                   "leave that clock alone, so that the story cannot be told: exit code 1")
        ->needs(story);
    command->callback([options, &exit_code] { exit_code = run(*options); });
    return command;
}

}  // namespace relayauth::cli
