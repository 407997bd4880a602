#include "relayauth/cli/validate.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/base/utf8.hpp"
#include "relayauth/cli/connection_options.hpp"
#include "relayauth/cli/exit_codes.hpp"
#include "relayauth/cli/password_input.hpp"
#include "relayauth/cli/verdict_text.hpp"
#include "relayauth/client/rpc_client.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <optional>

namespace relayauth::cli {
namespace {

struct validate_options {
    connection_options connection;
    std::string username;
    std::optional<std::string> password;
    std::optional<std::string> realm;
    std::optional<std::string> identity;
    bool json = false;
};

int fail(const std::string& text) {
    std::cerr << "relayauth validate: " << printable(text) << '\n';
    return exit_no_answer;
}

// The rpc protocol carries UTF-8 only; what is none would not even be sent whole.
std::optional<std::string> not_text(const rpc::validate_item& item) {
    constexpr const char* words = " is not UTF-8 text";
    if (!is_utf8(item.username)) return std::string("USERNAME") + words;
    if (item.password && !is_utf8(*item.password)) return std::string("PASSWORD") + words;
    if (item.realm && !is_utf8(*item.realm)) return std::string("--realm") + words;
    if (item.identity && !is_utf8(*item.identity)) return std::string("--identity") + words;
    return std::nullopt;
}

int run(const validate_options& options) {
    if (const auto problem = options.connection.problem()) return fail(*problem);
    secret typed;
    rpc::validate_item item;
    item.username = options.username;
    item.realm = options.realm;
    item.identity = options.identity;
    if (options.password == "-") {
        auto read = read_password(STDIN_FILENO);
        if (!read) return fail(read.error());
        typed = *std::move(read);
        item.password = as_text(typed.reveal());
    } else if (options.password) {
        item.password = *options.password;
    }
    if (const auto problem = not_text(item)) return fail(*problem);

    auto link = client::transport::connect(options.connection.chosen());
    if (!link) return fail(link.error().text);
    const auto answer = client::rpc_client(*link).validate(std::span(&item, 1));
    if (!answer) return fail(answer.error().text);
    const auto verdict = judge(*answer);
    std::cout << (options.json ? verdict_json(verdict) + '\n' : verdict_text(verdict));
    return verdict.good() ? exit_good : exit_refused;
}

}  // namespace

CLI::App* add_validate(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("validate", "ask a server whether a credential is good");
    const auto options = std::make_shared<validate_options>();
    command
        ->add_option("USERNAME", options->username,
                     "as the credential has it: base64, or a TURN REST name, which needs its "
                     "PASSWORD")
        ->required();
    command->add_option("PASSWORD", options->password,
                        "checked too if given; - reads it from standard input, where other users "
                        "of this machine cannot see it");
    command->add_option("--realm", options->realm, "a realm that the server must answer for")
        ->type_name("R");
    command->add_option("--identity", options->identity, "whom it must have been minted for")
        ->type_name("SIP-URI");
    command->add_flag("--json", options->json, "print one JSON object");
    add_connection_options(*command, options->connection);
    command->footer("Exit code: 0 good, 2 no answer or wrong usage, 3 refused.");
    command->callback([options, &exit_code] { exit_code = run(*options); });
    return command;
}

}  // namespace relayauth::cli
