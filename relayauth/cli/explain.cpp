#include "relayauth/cli/explain.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/base/utf8.hpp"
#include "relayauth/certificate/identity.hpp"
#include "relayauth/cli/connection_options.hpp"
#include "relayauth/cli/exit_codes.hpp"
#include "relayauth/cli/explanation_json.hpp"
#include "relayauth/cli/explanation_text.hpp"
#include "relayauth/cli/keys_choice.hpp"
#include "relayauth/cli/password_input.hpp"
#include "relayauth/cli/server_explanation.hpp"
#include "relayauth/cli/verdict_text.hpp"
#include "relayauth/client/clock.hpp"
#include "relayauth/client/file.hpp"
#include "relayauth/client/rpc_client.hpp"
#include "relayauth/server/identity_file.hpp"
#include "relayauth/server/key_plan.hpp"
#include "relayauth/server/option_table.hpp"
#include "relayauth/server/signing_key.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace relayauth::cli {
namespace {

struct explain_options {
    connection_options connection;  // of the server that shall explain; none: this program does
    std::string username;
    std::optional<std::string> password;
    std::optional<std::string> identity;
    std::vector<std::string> realms;             // of TURN REST passwords
    std::vector<std::string> certificate_files;  // newest first
    std::vector<std::string> key_files;          // the nth belongs to the nth certificate
    std::string password_file;
    std::optional<wall_time> at;
    std::optional<ticks> at_from_now;
    server::options judge;  // only its time limits are used
    bool json = false;

    wall_time moment(wall_time now) const {
        return at ? *at : now + at_from_now.value_or(ticks{0});
    }
};

// key_set is a ring, and the certificate file that each of its keys came from.
struct key_set {
    keyring::ring ring;
    std::vector<std::string> files;
};

// A certificate alone can be shown but checks nothing; any other trouble with it is an error.
bool holds_no_key(const server::certificate_paths& paths, const std::optional<secret>& password) {
    if (!paths.key.empty()) return false;
    auto bytes = client::read_file(paths.certificate, certificate::max_file_bytes);
    if (!bytes) return false;
    const auto parsed = certificate::identity::parse({*bytes, {}, password ? &*password : nullptr});
    wipe(*bytes);
    return !parsed && parsed.error().why == certificate::errc::no_private_key;
}

// ring_of does with the keys as serve does.
key_set ring_of(const std::vector<certificate::identity>& newest_first,
                const std::vector<std::string>& certificate_files,
                const std::vector<std::string>& realms) {
    std::vector<certificate::facts> about;
    for (const auto& each : newest_first) about.push_back(each.about());
    key_set made;
    std::vector<keyring::entry> entries;
    for (const auto& each : server::plan_keys(about).keys) {
        const auto& from = newest_first[each.certificate];
        entries.push_back({server::signing_key_of(from, realms), each.mints, each.verifies_until});
        made.files.push_back(certificate_files[each.certificate]);
    }
    made.ring = keyring::ring(std::move(entries));
    return made;
}

// load_keys makes a ring of the keys; an empty one when the only certificate holds none.
result<key_set, std::string> load_keys(const explain_options& options) {
    const auto pairs = server::pair_paths(options.certificate_files, options.key_files);
    if (!pairs) return std::string(more_keys_than_certificates);
    const auto password = server::read_password_of(options.password_file);
    if (!password) return password.error();
    std::vector<certificate::identity> identities;
    for (const auto& paths : *pairs) {
        auto read = server::read_identity(paths, *password);
        if (!read && pairs->size() == 1 && holds_no_key(paths, *password)) {
            return key_set{{}, {paths.certificate}};
        }
        if (!read) return read.error();
        identities.push_back(std::move(*read));
    }
    return ring_of(identities, options.certificate_files, options.realms);
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

// read_typed_password gives what stands in for `-`; a problem in words, or nothing.
result<secret, std::string> read_typed_password(const explain_options& options) {
    if (options.password != "-") return secret();
    return read_password(STDIN_FILENO);
}

int run_offline(const explain_options& options, std::optional<std::string_view> password) {
    const auto now = client::wall_now();
    if (options.certificate_files.empty() &&
        (!options.key_files.empty() || !options.password_file.empty() || !options.realms.empty())) {
        return fail("--key, --password-file and --realm need --certificate");
    }
    const auto keys = load_keys(options);
    if (!keys) return fail(keys.error());
    const auto told = credential::explain({options.username,
                                           password,
                                           options.identity,
                                           &keys->ring,
                                           limits_of(options.judge),
                                           {},
                                           false},
                                          options.moment(now), now);
    const explanation_setting setting{
        now, keys->files, {}, password.has_value(), options.identity.has_value()};
    std::cout << (options.json ? explanation_json(told, setting) + '\n'
                               : explanation_text(told, setting));
    return told.as_given.verdict.refused ? exit_refused : exit_good;
}

// The rpc protocol carries UTF-8 only, but for what is explained.
std::optional<std::string> not_text(const rpc::explain_call& call) {
    if (call.password && !is_utf8(*call.password)) return "PASSWORD is not UTF-8 text";
    if (call.identity && !is_utf8(*call.identity)) return "--identity is not UTF-8 text";
    return std::nullopt;
}

std::string no_answer_words(const client::failure& why) {
    if (why.kind != client::failure_kind::silent) return why.text;
    return why.text + " Without a server, explain works with --certificate F and --key F.";
}

int tell_refusal(const explain_options& options, const client::rpc_answer& answer) {
    const auto verdict = judge(answer);
    std::cout << (options.json ? verdict_json(verdict) + '\n' : verdict_text(verdict));
    return exit_refused;
}

int run_at_server(const explain_options& options, std::optional<std::string_view> password) {
    if (const auto problem = options.connection.problem()) return fail(*problem);
    rpc::explain_call call{options.username, password, options.identity};
    if (options.at || options.at_from_now) call.at = options.moment(client::wall_now());
    if (const auto problem = not_text(call)) return fail(*problem);
    auto link = client::transport::connect(options.connection.chosen());
    if (!link) return fail(link.error().text);
    const auto answer = client::rpc_client(*link).explain(call);
    if (!answer) return fail(no_answer_words(answer.error()));
    const auto* explained = std::get_if<rpc::explained>(&answer->reply.result);
    if (explained == nullptr) return tell_refusal(options, *answer);
    const auto told = explanation_of(*explained);
    const explanation_setting setting{answer->reply.read_at,
                                      {},
                                      answer->server_ahead(),
                                      password.has_value(),
                                      options.identity.has_value()};
    std::cout << (options.json ? explanation_json(told, setting) + '\n'
                               : explanation_text(told, setting));
    return told.as_given.verdict.refused ? exit_refused : exit_good;
}

int run(const explain_options& options) {
    const auto typed = read_typed_password(options);
    if (!typed) return fail(typed.error());
    std::optional<std::string_view> password;
    if (options.password) {
        password = options.password == "-" ? as_text(typed->reveal()) : *options.password;
    }
    return options.connection.asked_for() ? run_at_server(options, password)
                                          : run_offline(options, password);
}

void add_key_files(CLI::App& command, explain_options& into) {
    command
        .add_option("--certificate", into.certificate_files,
                    "check the signature with this A/V authentication certificate's key, PEM or "
                    "PFX; may be repeated as for serve: the first one's key mints, the others' "
                    "verify until they expire; without it nobody checks the signature")
        ->type_name("F")
        ->allow_extra_args(false);
    command
        .add_option("--key", into.key_files,
                    "its private key, if in a file of its own; the nth belongs to the nth "
                    "certificate")
        ->type_name("F")
        ->allow_extra_args(false);
    command
        .add_option("--realm", into.realms,
                    "a realm of the relays, may be repeated: TURN REST passwords are made for one")
        ->type_name("R")
        ->allow_extra_args(false);
    command.add_option("--password-file", into.password_file, "what opens the keys or PFX")
        ->type_name("F");
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
            "the verdict at that time beside that of now: 2030-01-02T03:04:05Z, seconds since "
            "1970, or "
            "+8h from now by this machine's clock")
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
    auto* command = app.add_subcommand(
        "explain", "tell all about a username, without a server or, with --server, by its keys");
    const auto options = std::make_shared<explain_options>();
    command
        ->add_option("USERNAME", options->username,
                     "as the credential has it: base64, or a TURN REST name")
        ->required();
    command->add_option("PASSWORD", options->password,
                        "whether it is the username's own, as far as the keys can tell; - reads it "
                        "from standard input, where other users of this machine cannot see it");
    command
        ->add_option("--identity", options->identity,
                     "whether it was minted for this one, as far as the keys can tell")
        ->type_name("SIP-URI");
    add_key_files(*command, *options);
    add_at(*command, *options);
    add_limits(*command, *options);
    command->add_flag("--json", options->json, "print one JSON object");
    offer_connection_options(*command, options->connection);
    for (const auto* name : {"--certificate", "--key", "--password-file", "--realm",
                             "--clock-tolerance", "--expiry-grace", "--accept-lifetime"}) {
        command->get_option(name)->excludes("--server");  // it goes by its own
    }
    command->footer(
        "Exit code: 0 nothing speaks against it, 2 wrong usage, a bad file or no answer, 3 it "
        "would "
        "be refused.");
    command->callback([options, &exit_code] { exit_code = run(*options); });
    return command;
}

}  // namespace relayauth::cli
