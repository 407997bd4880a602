#include "relayauth/cli/explain.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/certificate/identity.hpp"
#include "relayauth/cli/exit_codes.hpp"
#include "relayauth/cli/explanation_text.hpp"
#include "relayauth/cli/printable.hpp"
#include "relayauth/client/clock.hpp"
#include "relayauth/client/file.hpp"
#include "relayauth/server/option_table.hpp"
#include "relayauth/server/signing_key.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <utility>

namespace relayauth::cli {
namespace {

struct explain_options {
    std::string username;
    std::string certificate_file;
    std::string key_file;
    std::string password_file;
    std::optional<wall_time> at;
    std::optional<ticks> at_from_now;
    server::options judge;  // only its time limits are used
    bool json = false;
};

// key_files is what was read from disk; keys are wiped when it goes.
struct key_files {
    std::vector<std::uint8_t> certificate, key;
    secret password;

    key_files() = default;
    key_files(key_files&&) = default;
    key_files(const key_files&) = delete;
    key_files& operator=(const key_files&) = delete;
    ~key_files() {
        wipe(certificate);
        wipe(key);
    }
};

result<key_files, std::string> load_files(const explain_options& options) {
    key_files files;
    auto certificate = client::read_file(options.certificate_file, certificate::max_file_bytes);
    if (!certificate) return certificate.error();
    files.certificate = *std::move(certificate);
    if (!options.key_file.empty()) {
        auto key = client::read_file(options.key_file, certificate::max_file_bytes);
        if (!key) return key.error();
        files.key = *std::move(key);
    }
    if (!options.password_file.empty()) {
        auto password = client::read_password_file(options.password_file);
        if (!password) return password.error();
        files.password = *std::move(password);
    }
    return files;
}

// load_ring makes a ring of the one key; an empty one when the certificate's file holds no private
// key, since a certificate alone can be shown but checks nothing.
result<keyring::ring, std::string> load_ring(const explain_options& options) {
    const auto files = load_files(options);
    if (!files) return files.error();
    certificate::identity_source source;
    source.certificate = files->certificate;
    source.key = files->key;
    if (!options.password_file.empty()) source.password = &files->password;
    const auto identity = certificate::identity::parse(source);
    if (!identity) {
        const bool just_no_key =
            identity.error().why == certificate::errc::no_private_key && options.key_file.empty();
        if (just_no_key) return keyring::ring();
        return options.certificate_file + ": " + identity.error().text;
    }
    std::vector<keyring::entry> entries;
    entries.push_back({server::signing_key_of(*identity, {})});
    return keyring::ring(std::move(entries));
}

validity_limits limits_of(const server::options& judge) {
    validity_limits limits;
    limits.tolerance = judge.clock_tolerance;
    limits.expiry_grace = judge.expiry_grace;
    if (judge.accept_lifetime) limits.accept_lifetime = *judge.accept_lifetime;
    return limits;
}

int fail(const std::string& text) {
    std::cerr << "relayauth explain: " << printable(text) << '\n';
    return exit_misused;
}

int run(const explain_options& options) {
    const auto now = client::wall_now();
    keyring::ring ring;
    if (!options.certificate_file.empty()) {
        auto loaded = load_ring(options);
        if (!loaded) return fail(loaded.error());
        ring = *std::move(loaded);
    } else if (!options.key_file.empty() || !options.password_file.empty()) {
        return fail("--key and --password-file need --certificate");
    }
    const auto at = options.at ? *options.at : now + options.at_from_now.value_or(ticks{0});
    const auto told =
        explain({options.username, &ring, options.certificate_file, limits_of(options.judge)}, at);
    std::cout << (options.json ? explanation_json(told) + '\n' : explanation_text(told, now));
    return told.verdict.refused ? exit_refused : exit_good;
}

void add_at(CLI::App& command, explain_options& into) {
    command
        .add_option_function<std::string>(
            "--at",
            [&into](const std::string& text) {
                into.at = parse_utc(text);
                into.at_from_now = parse_duration(text);
                if (!into.at && !into.at_from_now) {
                    throw CLI::ValidationError(
                        "--at", text +
                                    " is no time: try 2030-01-02T03:04:05Z, or +8h for a time "
                                    "from now");
                }
            },
            "the verdict at that time instead of now: 2030-01-02T03:04:05Z, seconds since 1970, or "
            "+8h from now")
        ->type_name("TIME");
}

// The options of serve that a verdict hangs on, read by the same code as serve's: a limit that no
// server can have is refused here too.
void add_limits(CLI::App& command, explain_options& into) {
    const std::pair<const char*, const char*> limits[] = {
        {"clock-tolerance", "as the server has it: how far two honest clocks may be apart (300)"},
        {"expiry-grace", "as the server has it: how long an expired credential still counts (0)"},
        {"accept-lifetime", "as the server has it: the longest lifetime believed of v1 (480)"},
    };
    for (const auto& each : limits) {
        const auto* option = server::find_option(each.first);
        const auto flag = "--" + std::string(each.first);
        const auto read = [option, flag, &into](const std::string& text) {
            if (const auto problem = option->set(into.judge, text))
                throw CLI::ValidationError(flag, text + ": " + *problem);
        };
        command.add_option_function<std::string>(flag, read, each.second)
            ->type_name(std::string(option->value_name));
    }
}

}  // namespace

CLI::App* add_explain(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("explain", "tell what a username says, without a server");
    const auto options = std::make_shared<explain_options>();
    command->add_option("USERNAME", options->username, "as the credential has it (base64)")
        ->required();
    command
        ->add_option("--certificate", options->certificate_file,
                     "check the signature with this A/V authentication certificate's key, PEM or "
                     "PFX; without it nobody checks the signature")
        ->type_name("F");
    command->add_option("--key", options->key_file, "its private key, if in a file of its own")
        ->type_name("F");
    command->add_option("--password-file", options->password_file, "what opens the key or PFX")
        ->type_name("F");
    add_at(*command, *options);
    add_limits(*command, *options);
    command->add_flag("--json", options->json, "print one JSON object");
    command->footer(
        "Exit code: 0 nothing speaks against it, 2 wrong usage or a bad file, 3 it would be "
        "refused.");
    command->callback([options, &exit_code] { exit_code = run(*options); });
    return command;
}

}  // namespace relayauth::cli
