#include "relayauth/cli/request.hpp"

#include "relayauth/cli/connection_options.hpp"
#include "relayauth/cli/exit_codes.hpp"
#include "relayauth/cli/printable.hpp"
#include "relayauth/cli/request_text.hpp"
#include "relayauth/cli/trace.hpp"
#include "relayauth/mras/request.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <iostream>
#include <memory>

namespace relayauth::cli {
namespace {

struct request_options {
    connection_options connection;
    client::mras_question question;
    bool trace = false;
    bool json = false;
};

int fail(const std::string& text) {
    std::cerr << "relayauth request: " << printable(text) << '\n';
    return exit_no_answer;
}

int run(const request_options& options) {
    if (const auto problem = options.connection.problem()) return fail(*problem);
    const auto settings = options.connection.chosen();
    auto link = client::transport::connect(settings);
    if (!link) return fail(link.error().text);
    client::exchange happened;
    auto answer = client::ask_mras(*link, options.question, happened);
    if (options.trace) {
        // With --json, standard output is for the one object alone.
        auto& out = options.json ? std::cerr : std::cout;
        out << trace_text(happened, to_text(settings.server) + (settings.tls ? " (TLS)" : " (TCP)"))
            << std::flush;
    }
    if (!answer) return fail(answer.error().text);
    const answered value{*std::move(answer), happened.sent_at, happened.received_at};
    std::cout << (options.json ? request_json(value) + '\n' : request_text(value));
    return value.granted() ? exit_good : exit_refused;
}

void add_identity(CLI::App& command, request_options& into) {
    command
        .add_option_function<std::string>(
            "--identity",
            [&into](const std::string& text) {
                if (!mras::is_sip_uri(text)) {
                    const bool bare = mras::is_sip_uri("sip:" + text);
                    throw CLI::ValidationError(
                        "--identity",
                        text + " is not a SIP URI: try " +
                            (bare ? "sip:" + text : std::string("sip:alice@example.com")));
                }
                into.question.identity = text;
            },
            "whom the credential is for, such as sip:alice@example.com")
        ->type_name("SIP-URI")
        ->required();
}

void add_location_and_route(CLI::App& command, request_options& into) {
    command
        .add_option_function<std::string>(
            "--location",
            [&into](const std::string& text) {
                into.question.where = mras::parse_location(text);
                if (!into.question.where) {
                    throw CLI::ValidationError("--location", "it is internet or intranet");
                }
            },
            "which relays to be told of: internet or intranet; without it, both")
        ->type_name("L");
    command
        .add_option_function<std::string>(
            "--route",
            [&into](const std::string& text) {
                const auto route = mras::parse_route(text);
                if (!route) throw CLI::ValidationError("--route", "it is loadbalanced or directip");
                into.question.by = *route;
            },
            "how relays are named: loadbalanced (by host name, the default) or directip")
        ->type_name("R");
}

void add_duration_and_version(CLI::App& command, request_options& into) {
    command
        .add_option_function<std::string>(
            "--duration",
            [&into](const std::string& text) {
                std::uint32_t minutes = 0;
                const auto end = text.data() + text.size();
                const auto read = std::from_chars(text.data(), end, minutes);
                if (read.ec != std::errc() || read.ptr != end || minutes == 0 ||
                    text.size() > mras::max_duration_digits) {
                    throw CLI::ValidationError("--duration",
                                               text + " is not a number of minutes, 1 or more");
                }
                into.question.duration_minutes = minutes;
            },
            "lifetime to ask for; without it, the server's maximum")
        ->type_name("MINUTES");
    command
        .add_option_function<std::string>(
            "--mras-version",
            [&into](const std::string& text) {
                if (!mras::parse_version(text)) {
                    throw CLI::ValidationError("--mras-version", text + " is not digits.digits");
                }
                into.question.version = text;
            },
            "protocol version: 1.0 (short token), 2.0 (the default) or 3.0")
        ->type_name("V");
}

}  // namespace

CLI::App* add_request(CLI::App& app, int& exit_code) {
    auto* command =
        app.add_subcommand("request", "ask a server for one media relay credential over SIP");
    const auto options = std::make_shared<request_options>();
    add_identity(*command, *options);
    add_location_and_route(*command, *options);
    add_duration_and_version(*command, *options);
    command->add_flag("--trace", options->trace,
                      "print both SIP messages, the password masked (with --json: to standard "
                      "error)");
    command->add_flag("--json", options->json, "print one JSON object");
    add_connection_options(*command, options->connection);
    command->footer("Exit code: 0 granted, 2 no answer or wrong usage, 3 refused.");
    command->callback([options, &exit_code] { exit_code = run(*options); });
    return command;
}

}  // namespace relayauth::cli
