#include "relayauth/cli/request.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/base/utf8.hpp"
#include "relayauth/cli/connection_options.hpp"
#include "relayauth/cli/exit_codes.hpp"
#include "relayauth/cli/request_text.hpp"
#include "relayauth/cli/rest_name_text.hpp"
#include "relayauth/cli/trace.hpp"
#include "relayauth/client/rpc_client.hpp"
#include "relayauth/mras/request.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

namespace relayauth::cli {
namespace {

struct request_options {
    connection_options connection;
    client::mras_question question;
    bool turn_rest = false;
    std::optional<std::string> realm;  // of TURN REST
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

int run_turn_rest(const request_options& options) {
    if (const auto problem = options.connection.problem()) return fail(*problem);
    auto link = client::transport::connect(options.connection.chosen());
    if (!link) return fail(link.error().text);
    rpc::issue_call wanted;
    wanted.identity = options.question.identity;
    wanted.duration_minutes = options.question.duration_minutes;
    wanted.dialect = rpc::dialect::turn_rest;
    wanted.realm = options.realm;
    const auto answer = client::rpc_client(*link).issue(wanted);
    if (!answer) return fail(answer.error().text);
    std::cout << (options.json ? rest_name_json(*answer) + '\n' : rest_name_text(*answer));
    return has_credential(*answer) ? exit_good : exit_refused;
}

// What only SIP has, and the other way round.
void check_together(const CLI::App& command, const request_options& options) {
    if (!options.turn_rest) {
        if (options.realm) {
            throw CLI::ValidationError("--realm", "it is for --turn-rest: an MRAS chooses itself");
        }
        return;
    }
    for (const auto* name : {"--location", "--route", "--mras-version", "--trace"}) {
        if (command.count(name) == 0) continue;
        throw CLI::ValidationError(name,
                                   "there is no such thing with --turn-rest, which does not "
                                   "ask over SIP: leave it out");
    }
}

// A TURN REST name is for anybody; an MRAS knows SIP URIs only.
void check_identity(const request_options& options) {
    const auto& text = options.question.identity;
    if (options.turn_rest) {
        if (text.empty()) throw CLI::ValidationError("--identity", "it is empty: name somebody");
        if (is_utf8(text)) return;
        throw CLI::ValidationError("--identity", "it is not UTF-8 text");
    }
    if (mras::is_sip_uri(text)) return;
    const bool bare = mras::is_sip_uri("sip:" + text);
    throw CLI::ValidationError("--identity",
                               text + " is not a SIP URI: try " +
                                   (bare ? "sip:" + text : std::string("sip:alice@example.com")));
}

void add_identity(CLI::App& command, request_options& into) {
    command
        .add_option("--identity", into.question.identity,
                    "whom the credential is for, such as sip:alice@example.com; with --turn-rest "
                    "any text")
        ->type_name("SIP-URI")
        ->required();
}

void add_turn_rest(CLI::App& command, request_options& into) {
    command.add_flag("--turn-rest", into.turn_rest,
                     "ask over rpc for a TURN REST credential (expiry:identity and its password)");
    command
        .add_option("--realm", into.realm,
                    "with --turn-rest: the relay's realm; without it, the server's first")
        ->type_name("REALM");
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
        app.add_subcommand("request",
                           "ask a server for one media relay credential, over SIP unless "
                           "--turn-rest is given");
    const auto options = std::make_shared<request_options>();
    add_identity(*command, *options);
    add_location_and_route(*command, *options);
    add_duration_and_version(*command, *options);
    add_turn_rest(*command, *options);
    command->add_flag("--trace", options->trace,
                      "print both SIP messages, the password masked (with --json: to standard "
                      "error)");
    command->add_flag("--json", options->json, "print one JSON object");
    add_connection_options(*command, options->connection);
    command->footer("Exit code: 0 granted, 2 no answer or wrong usage, 3 refused.");
    command->callback([command, options, &exit_code] {
        check_together(*command, *options);
        check_identity(*options);
        exit_code = options->turn_rest ? run_turn_rest(*options) : run(*options);
    });
    return command;
}

}  // namespace relayauth::cli
