#include "relayauth/cli/doctor.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/certificate/identity.hpp"
#include "relayauth/cli/connection_options.hpp"
#include "relayauth/cli/doctor_text.hpp"
#include "relayauth/cli/exit_codes.hpp"
#include "relayauth/cli/interruption.hpp"
#include "relayauth/client/file.hpp"
#include "relayauth/doctor/examine.hpp"
#include "relayauth/mras/ip_literal.hpp"
#include "relayauth/mras/request.hpp"
#include "relayauth/server/identity_file.hpp"
#include "relayauth/server/option_table.hpp"
#include "relayauth/server/signing_key.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdlib>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace relayauth::cli {
namespace {

constexpr std::chrono::milliseconds signal_poll{50};

struct doctor_options {
    connection_options connection;
    std::string identity = "sip:doctor@relayauth.invalid";
    std::optional<client::endpoint> relay;
    server::certificate_paths certificate;
    std::string password_file;
    server::options judge;  // only its clock tolerance is used
    std::optional<ticks> watch;
    bool json = false;
};

int fail(const std::string& text) {
    std::cerr << "relayauth doctor: " << printable(text) << '\n';
    return exit_misused;
}

std::optional<std::string> problem_of(const doctor_options& options) {
    const auto& settings = options.connection.settings;
    if (options.certificate.certificate.empty() &&
        !(options.certificate.key.empty() && options.password_file.empty())) {
        return "--key and --password-file need --certificate";
    }
    if (options.connection.tcp && !settings.server_name.empty()) {
        return "--server-name is about TLS: leave out --tcp";
    }
    // Here a name alone makes sense: the doctor says whether the certificate has it.
    auto without_name = options.connection;
    without_name.settings.server_name.clear();
    return without_name.problem();
}

using read_key = result<doctor::expected_key, std::string>;

read_key unreadable(const std::string& why) {
    return read_key(boost::system::in_place_error, why);
}

// A certificate without its key still tells which key it is for.
read_key key_of(const doctor_options& options) {
    const auto& paths = options.certificate;
    const auto password = server::read_password_of(options.password_file);
    if (!password) return unreadable(password.error());
    doctor::expected_key made;
    made.file = paths.certificate;
    auto identity = server::read_identity(paths, *password);
    if (identity) {
        made.key_id = identity->about().key_id;
        std::vector<keyring::entry> entries;
        entries.push_back({server::signing_key_of(*identity)});
        made.ring = keyring::ring(std::move(entries));
        return made;
    }
    auto content = client::read_file(paths.certificate, certificate::max_file_bytes);
    if (!content || !paths.key.empty()) return unreadable(identity.error());
    const auto none = secret();
    const auto facts = certificate::read_facts(*content, *password ? **password : none);
    wipe(*content);
    if (!facts) return unreadable(identity.error());
    made.key_id = facts->key_id;
    return made;
}

doctor::report look(const doctor::question& asked) {
    return doctor::write_report(doctor::examine(asked));
}

void print(const doctor::report& value, bool json) {
    std::cout << (json ? report_json(value) + '\n' : report_text(value)) << std::flush;
}

// In small steps, so that a signal ends it soon.
void wait_for(ticks span) {
    using clock = std::chrono::steady_clock;
    const auto until = clock::now() + std::chrono::duration_cast<clock::duration>(span);
    while (interruption_watch::noted() == 0 && clock::now() < until) {
        std::this_thread::sleep_for(std::min<clock::duration>(signal_poll, until - clock::now()));
    }
}

// A look takes seconds at a server that says nothing, and cannot be broken off. A signal ends the
// program in the middle of it, with what the last one found; but one at a relay is waited for,
// since it may have allocations there to release.
doctor::report look_or_end(const doctor::question& asked, std::optional<int> last_code) {
    std::packaged_task<doctor::report()> looking([&] { return look(asked); });
    auto seen = looking.get_future();
    std::thread beside(std::move(looking));
    while (seen.wait_for(signal_poll) != std::future_status::ready) {
        const int noted = interruption_watch::noted();
        if (noted != 0 && !asked.relay) std::_Exit(last_code.value_or(exit_code_of(noted)));
    }
    beside.join();
    return seen.get();
}

int watch(const doctor::question& asked, ticks every, bool json) {
    const interruption_watch interrupted;
    auto last = look_or_end(asked, {});
    print(last, json);
    for (wait_for(every); interruption_watch::noted() == 0; wait_for(every)) {
        auto now = look_or_end(asked, exit_code_of(last.conclusion.state));
        const auto changes = changes_text(last, now);
        if (!changes.empty()) std::cout << (json ? report_json(now) + '\n' : changes);
        std::cout << std::flush;
        if (!std::cout) return exit_misused;
        last = std::move(now);
    }
    return exit_code_of(last.conclusion.state);
}

int run(const doctor_options& options) {
    if (const auto problem = problem_of(options)) return fail(*problem);
    std::optional<doctor::expected_key> key;
    if (!options.certificate.certificate.empty()) {
        auto read = key_of(options);
        if (!read) return fail(read.error());
        key = std::move(*read);
    }
    doctor::question asked;
    asked.server = options.connection.chosen();
    asked.identity = options.identity;
    asked.tolerance = options.judge.clock_tolerance;
    asked.relay = options.relay;
    if (key) asked.key = &*key;
    if (options.watch) return watch(asked, *options.watch, options.json);
    const auto value = look(asked);
    print(value, options.json);
    return exit_code_of(value.conclusion.state);
}

// A relay listens on 3478 where nothing else is said.
std::optional<client::endpoint> parse_relay(const std::string& text) {
    if (mras::is_ipv6_literal(text)) return client::endpoint{text, 3478};
    if (auto without_port = client::parse_endpoint(text + ":3478")) return without_port;
    return client::parse_endpoint(text);
}

void add_relay(CLI::App& command, doctor_options& into) {
    command
        .add_option_function<std::string>(
            "--relay",
            [&into](const std::string& text) {
                into.relay = parse_relay(text);
                if (!into.relay) throw CLI::ValidationError("--relay", text + " is not HOST:PORT");
            },
            "a TURN relay at which to try the credential over UDP: it is refused without, accepted "
            "with it, and a packet comes back; port 3478 if left out")
        ->type_name("HOST:PORT");
}

void add_key(CLI::App& command, doctor_options& into) {
    command
        .add_option("--certificate", into.certificate.certificate,
                    "whether the server mints with the key of this A/V authentication certificate, "
                    "PEM or PFX")
        ->type_name("F");
    command.add_option("--key", into.certificate.key, "its private key, if in a file of its own")
        ->type_name("F");
    command.add_option("--password-file", into.password_file, "what opens the key or PFX")
        ->type_name("F");
}

void add_clock_tolerance(CLI::App& command, doctor_options& into) {
    command
        .add_option_function<std::string>(
            "--clock-tolerance",
            [&into](const std::string& text) {
                const auto problem = server::find_option("clock-tolerance")->set(into.judge, text);
                if (problem)
                    throw CLI::ValidationError("--clock-tolerance", text + ": " + *problem);
            },
            "as the server has it: how far two honest clocks may be apart (300)")
        ->type_name("S");
}

void add_watch(CLI::App& command, doctor_options& into) {
    command
        .add_option_function<std::string>(
            "--watch",
            [&into](const std::string& text) {
                into.watch = parse_duration(text);
                if (!into.watch || *into.watch < std::chrono::milliseconds(100)) {
                    throw CLI::ValidationError("--watch", text + " is not a time like 30s or 5m");
                }
            },
            "look again every T until interrupted, and print what is another verdict than before")
        ->type_name("T");
}

void add_identity(CLI::App& command, doctor_options& into) {
    command
        .add_option_function<std::string>(
            "--identity",
            [&into](const std::string& text) {
                if (!mras::is_sip_uri(text)) {
                    throw CLI::ValidationError("--identity", text +
                                                                 " is not a SIP URI: try "
                                                                 "sip:alice@example.com");
                }
                into.identity = text;
            },
            "whom the credential is for (" + into.identity + ")")
        ->type_name("SIP-URI");
}

void add_server(CLI::App& command, doctor_options& into) {
    command
        .add_option_function<std::string>(
            "SERVER",
            [&into](const std::string& text) {
                const auto where = client::parse_endpoint(text);
                if (!where) throw CLI::ValidationError("SERVER", text + " is not HOST:PORT");
                into.connection.settings.server = *where;
            },
            "the A/V authentication service, by the name that the Front End has for it; port 5062 "
            "if "
            "left out")
        ->type_name("HOST:PORT")
        ->required();
}

}  // namespace

CLI::App* add_doctor(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand(
        "doctor", "look at a server as a Front End would, and say what is wrong");
    const auto options = std::make_shared<doctor_options>();
    add_server(*command, *options);
    add_relay(*command, *options);
    add_key(*command, *options);
    add_clock_tolerance(*command, *options);
    add_identity(*command, *options);
    add_watch(*command, *options);
    command->add_flag("--json", options->json,
                      "print one JSON object; with --watch one a line, for each change");
    add_reach_options(*command, options->connection);
    command->get_option("--server-name")
        ->description(
            "the name that Front Ends use, if HOST is another: whether the TLS "
            "certificate has it");
    command->footer(
        "It ends within 15 s whatever the server does. Exit code: 0 all is well, 1 it works and "
        "needs attention, 2 users would be hurt, it could not be asked, or wrong usage.");
    command->callback([options, &exit_code] { exit_code = run(*options); });
    return command;
}

}  // namespace relayauth::cli
