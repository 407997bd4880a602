#include "relayauth/cli/certificate.hpp"
#include "relayauth/cli/clock.hpp"
#include "relayauth/cli/demo.hpp"
#include "relayauth/cli/doctor.hpp"
#include "relayauth/cli/exit_codes.hpp"
#include "relayauth/cli/explain.hpp"
#include "relayauth/cli/keys.hpp"
#include "relayauth/cli/lab.hpp"
#include "relayauth/cli/load.hpp"
#include "relayauth/cli/report.hpp"
#include "relayauth/cli/request.hpp"
#include "relayauth/cli/serve.hpp"
#include "relayauth/cli/usage.hpp"
#include "relayauth/cli/validate.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>

namespace {

int run(int argc, char** argv) {
    CLI::App app{
        "relayauth stands in for the Edge A/V Authentication Service: it mints media relay "
        "credentials on port 5062 and tells whether one is good."};
    app.name("relayauth");
    app.set_version_flag("--version", "relayauth " RELAYAUTH_VERSION);
    app.require_subcommand(0, 1);
    app.footer(
        "relayauth COMMAND --help tells more. Exit codes: 0 good, 1 needs attention (doctor), 2 "
        "wrong usage or no answer, 3 refused or not good, 4 void.");
    int exit_code = relayauth::cli::exit_good;
    relayauth::cli::add_serve(app, exit_code);
    relayauth::cli::add_request(app, exit_code);
    relayauth::cli::add_validate(app, exit_code);
    relayauth::cli::add_explain(app, exit_code);
    relayauth::cli::add_doctor(app, exit_code);
    relayauth::cli::add_certificate(app, exit_code);
    relayauth::cli::add_keys(app, exit_code);
    relayauth::cli::add_load(app, exit_code);
    relayauth::cli::add_report(app, exit_code);
    relayauth::cli::add_clock(app, exit_code);
    relayauth::cli::add_lab(app, exit_code);
    relayauth::cli::add_demo(app, exit_code);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& why) {
        if (why.get_exit_code() == 0) return app.exit(why);  // --help, --version
        std::cerr << relayauth::cli::usage_error(app, why) << '\n';
        return relayauth::cli::exit_misused;
    }
    if (app.get_subcommands().empty()) {
        std::cout << app.help();
        return relayauth::cli::exit_misused;
    }
    return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& why) {  // out of memory, or a mistake of ours
        std::cerr << "relayauth: " << why.what() << '\n';
        return relayauth::cli::exit_misused;
    }
}
