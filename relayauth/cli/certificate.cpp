#include "relayauth/cli/certificate.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/certificate/create.hpp"
#include "relayauth/certificate/identity.hpp"
#include "relayauth/certificate/text.hpp"
#include "relayauth/cli/certificate_files.hpp"
#include "relayauth/cli/exit_codes.hpp"
#include "relayauth/client/clock.hpp"
#include "relayauth/client/file.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <map>
#include <memory>

namespace relayauth::cli {
namespace {

struct create_options {
    certificate::create_request request;
    std::int64_t days = 365;
    std::string folder;
};

struct show_options {
    std::string file;
    std::string password_file;
    bool json = false;
};

int fail(const char* command, const std::string& text) {
    std::cerr << "relayauth certificate " << command << ": " << printable(text) << '\n';
    return exit_misused;
}

int run_create(create_options& options) {
    const auto now = client::wall_now();
    options.request.valid_for = std::chrono::days(options.days);
    const auto made = certificate::create(options.request, now);
    if (!made) return fail("create", made.error().text);
    const auto files = write_certificate_files(options.folder, *made);
    if (!files) return fail("create", files.error().text);
    const auto about = certificate::read_facts(as_bytes(made->certificate_pem), secret());
    if (!about) return fail("create", about.error().text);
    std::cout << "wrote " << printable(files->certificate) << " and " << printable(files->key)
              << "\n\n"
              << certificate::describe(*about, now) << "\nnext: relayauth serve --certificate "
              << printable(files->certificate) << " --key " << printable(files->key) << '\n';
    return exit_good;
}

int run_show(const show_options& options) {
    const auto file = client::read_file(options.file, certificate::max_file_bytes);
    if (!file) return fail("show", file.error());
    secret password;
    if (!options.password_file.empty()) {
        auto read = client::read_password_file(options.password_file);
        if (!read) return fail("show", read.error());
        password = *std::move(read);
    }
    const auto about = certificate::read_facts(*file, password);
    if (!about) return fail("show", options.file + ": " + about.error().text);
    std::cout << (options.json ? certificate::describe_json(*about) + '\n'
                               : certificate::describe(*about, client::wall_now()));
    return exit_good;
}

void add_create(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand("create", "make a self-signed certificate for a lab");
    const auto options = std::make_shared<create_options>();
    auto& request = options->request;
    command
        ->add_option("--subject", request.subject,
                     "any name will do, such as CN=av.example.com; may be empty (\"\")")
        ->type_name("DN")
        ->required();
    command
        ->add_option("--out", options->folder,
                     "folder for cert.pem and key.pem; nothing in it is overwritten")
        ->type_name("DIR")
        ->required();
    static const std::map<std::string, certificate::key_kind> kinds = {
        {"rsa2048", certificate::key_kind::rsa2048},
        {"p256", certificate::key_kind::p256},
        {"ed25519", certificate::key_kind::ed25519}};
    command
        ->add_option_function<std::string>(
            "--type",
            [&request](const std::string& text) {
                const auto found = kinds.find(text);
                if (found == kinds.end()) {
                    throw CLI::ValidationError("--type", "it is rsa2048, p256 or ed25519");
                }
                request.kind = found->second;
            },
            "kind of key: rsa2048 (the default), p256 or ed25519")
        ->type_name("TYPE");
    command->add_option("--days", options->days, "how long it is valid; 365 if left out")
        ->type_name("N");
    command
        ->add_option("--dns", request.dns_names,
                     "a DNS name or address for its alternative names; may be repeated")
        ->type_name("NAME")
        ->allow_extra_args(false);
    command->callback([options, &exit_code] { exit_code = run_create(*options); });
}

void add_show(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand("show", "tell what a certificate says and what matters");
    const auto options = std::make_shared<show_options>();
    command->add_option("FILE", options->file, "PEM or PFX")->required();
    command->add_option("--password-file", options->password_file, "what opens a PFX")
        ->type_name("F");
    command->add_flag("--json", options->json, "print one JSON object");
    command->callback([options, &exit_code] { exit_code = run_show(*options); });
}

}  // namespace

CLI::App* add_certificate(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("certificate", "make or show a certificate");
    command->require_subcommand(1);
    add_create(*command, exit_code);
    add_show(*command, exit_code);
    return command;
}

}  // namespace relayauth::cli
