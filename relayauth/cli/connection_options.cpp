#include "relayauth/cli/connection_options.hpp"

#include "relayauth/base/time_text.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <stdexcept>

namespace relayauth::cli {
namespace {

constexpr const char* group = "Connection";

void add_server(CLI::App& command, connection_options& into) {
    command
        .add_option_function<std::string>(
            "--server",
            [&into](const std::string& text) {
                const auto where = client::parse_endpoint(text);
                if (!where) throw CLI::ValidationError("--server", text + " is not HOST:PORT");
                into.settings.server = *where;
            },
            "where it listens; [IPv6]:PORT in brackets, port 5062 if left out")
        ->type_name("HOST:PORT")
        ->required()
        ->group(group);
}

void add_timeout(CLI::App& command, connection_options& into) {
    command
        .add_option_function<std::string>(
            "--timeout",
            [&into](const std::string& text) {
                const auto wanted = parse_duration(text);
                if (!wanted || *wanted < std::chrono::milliseconds(1)) {
                    throw CLI::ValidationError("--timeout",
                                               text + " is not a time like 500ms, 4s or 1m");
                }
                const auto each = std::chrono::duration_cast<std::chrono::milliseconds>(*wanted);
                into.settings.connect_timeout = each;
                into.settings.answer_timeout = each;
            },
            "how long each step may take; else 4s to connect, 5s to answer")
        ->type_name("TIME")
        ->group(group);
}

void add_tcp(CLI::App& command, connection_options& into) {
    command.add_flag("--tcp", into.tcp, "plain TCP instead of TLS")->group(group);
}

void add_tls_and_timeout(CLI::App& command, connection_options& into) {
    command
        .add_option("--ca", into.settings.ca_file,
                    "check the server's certificate against the PEM certificates in F (they may "
                    "include its own); without --ca it is NOT checked")
        ->type_name("F")
        ->group(group);
    command
        .add_option("--server-name", into.settings.server_name,
                    "the name that the server's certificate must have; without it any name will "
                    "do. Needs --ca")
        ->type_name("NAME")
        ->group(group);
    command
        .add_option("--client-certificate", into.settings.certificate_file,
                    "certificate to show to a server that asks for one, PEM or PFX")
        ->type_name("F")
        ->group(group);
    command
        .add_option("--client-key", into.settings.key_file,
                    "its private key, if it is in a file of its own")
        ->type_name("F")
        ->group(group);
    add_timeout(command, into);
}

}  // namespace

client::connect_settings connection_options::chosen() const {
    auto result = settings;
    result.tls = !tcp;
    return result;
}

std::optional<std::string> connection_options::problem() const {
    const auto& s = settings;
    if (!s.server_name.empty() && s.ca_file.empty()) {
        return "--server-name needs --ca: a name means nothing in a certificate that nobody checks";
    }
    if (!s.key_file.empty() && s.certificate_file.empty()) {
        return "--client-key needs --client-certificate";
    }
    if (tcp && (!s.ca_file.empty() || !s.certificate_file.empty())) {
        return "--ca and --client-certificate are about TLS: leave out --tcp";
    }
    return std::nullopt;
}

void add_connection_options(CLI::App& command, connection_options& into) {
    add_tcp(command, into);
    add_server_options(command, into);
}

void add_server_options(CLI::App& command, connection_options& into) {
    add_server(command, into);
    add_tls_and_timeout(command, into);
}

void add_reach_options(CLI::App& command, connection_options& into) {
    add_tcp(command, into);
    add_tls_and_timeout(command, into);
}

void offer_connection_options(CLI::App& command, connection_options& into) {
    add_connection_options(command, into);
    auto* server = command.get_option("--server");
    server->required(false);
    for (auto* each : command.get_options()) {
        if (each->get_group() == group && each != server) each->needs(server);
    }
}

}  // namespace relayauth::cli
