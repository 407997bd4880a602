#include "relayauth/cli/lab.hpp"

#include "relayauth/cli/admin_connection.hpp"
#include "relayauth/cli/exit_codes.hpp"
#include "relayauth/cli/lab_choice.hpp"
#include "relayauth/client/clock.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace relayauth::cli {
namespace {

constexpr const char* exit_words = "Exit code: 0 done, 2 no answer or wrong usage, 3 refused.";

struct clock_options {
    clock_choice chosen;
    admin_options where;
};

struct rule_options {
    rule_choice chosen;
    admin_options where;
};

int run(const std::string& name, const admin_options& where,
        const result<server::admin_command, std::string>& command) {
    if (command) return obey_admin(name, where, *command);
    std::cerr << name << ": " << command.error() << '\n';
    return exit_misused;
}

void add_lab_clock(CLI::App& lab, int& exit_code) {
    auto* command = lab.add_subcommand(
        "clock", "move the clock that judges credentials; what is not said stays as it is");
    const auto options = std::make_shared<clock_options>();
    auto& chosen = options->chosen;
    auto* offset = command
                       ->add_option("--offset", chosen.offset,
                                    "how far from the machine's clock, as +8h or -5h30m")
                       ->type_name("DURATION");
    auto* zone = command
                     ->add_option("--zone", chosen.zone,
                                  "as if that zone's local time had been taken for UTC")
                     ->type_name("ZONE")
                     ->excludes(offset);
    auto* drift = command
                      ->add_option("--drift", chosen.drift,
                                   "how much too fast from now on, as 200ppm or -50ppm")
                      ->type_name("PPM");
    command->add_flag("--reset", chosen.reset, "as at the server's start: --clock-offset, no drift")
        ->excludes(offset)
        ->excludes(zone)
        ->excludes(drift);
    add_admin_options(*command, options->where);
    command->footer(exit_words);
    command->callback([options, &exit_code] {
        exit_code = run("relayauth lab clock", options->where,
                        command_of(options->chosen, client::wall_now()));
    });
}

void add_lab_rule(CLI::App& lab, int& exit_code) {
    auto* command = lab.add_subcommand(
        "rule", "be wrong to whoever asks for a credential for an identity; the first rule fits");
    const auto options = std::make_shared<rule_options>();
    auto& chosen = options->chosen;
    command->add_option("IDENTITY", chosen.identity, "a pattern, as 'sip:bob@*'");
    command->add_option("WHAT", chosen.what,
                        "expired, not-yet-valid, wrong-key, lifetime, server-busy, time-out, "
                        "forbidden, not-supported, delay, truncated, no-answer or reset");
    command->add_option("TIME", chosen.time, "of lifetime (1s to 24h) and delay (100ms to 60s)");
    command->add_option("--remove", chosen.remove, "take out the rule with this very pattern")
        ->type_name("IDENTITY");
    command->add_flag("--clear", chosen.clear, "take out all rules");
    add_admin_options(*command, options->where);
    command->footer(exit_words);
    command->callback([options, &exit_code] {
        exit_code = run("relayauth lab rule", options->where, command_of(options->chosen));
    });
}

}  // namespace

CLI::App* add_lab(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand(
        "lab", "make a server of this machine that runs with --lab wrong on purpose");
    command->require_subcommand(1);
    add_lab_clock(*command, exit_code);
    add_lab_rule(*command, exit_code);
    auto* list = command->add_subcommand("list", "show what is wrong on purpose");
    const auto options = std::make_shared<admin_options>();
    add_admin_options(*list, *options);
    list->footer(exit_words);
    list->callback([options, &exit_code] {
        exit_code = obey_admin("relayauth lab list", *options, server::list_lab{});
    });
    return command;
}

}  // namespace relayauth::cli
