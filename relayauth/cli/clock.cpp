#include "relayauth/cli/clock.hpp"

#include "relayauth/cli/admin_connection.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace relayauth::cli {

CLI::App* add_clock(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("clock", "what a server on this machine makes of its clock");
    command->require_subcommand(1);
    const auto options = std::make_shared<admin_options>();
    const auto add = [&](const char* name, const char* help, const server::admin_command& what) {
        auto* each = command->add_subcommand(name, help);
        add_admin_options(*each, *options);
        each->footer("Exit code: 0 done, 2 no answer or wrong usage.");
        each->callback([name = std::string("relayauth clock ") + name, options, what, &exit_code] {
            exit_code = obey_admin(name, *options, what);
        });
    };
    add("status", "its time, what moves it on purpose, and whether credentials are held",
        server::tell_clock{});
    add("accept", "confirm that its clock is right, so that it mints again after a step",
        server::accept_clock{});
    return command;
}

}  // namespace relayauth::cli
