#include "relayauth/cli/keys.hpp"

#include "relayauth/base/json.hpp"
#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/certificate/identity.hpp"
#include "relayauth/cli/exit_codes.hpp"
#include "relayauth/cli/keys_choice.hpp"
#include "relayauth/client/clock.hpp"
#include "relayauth/client/file.hpp"
#include "relayauth/server/identity_file.hpp"
#include "relayauth/server/key_plan.hpp"
#include "relayauth/server/signing_key.hpp"
#include "relayauth/verify/key_file.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <optional>

namespace relayauth::cli {
namespace {

using certificate::identity;

constexpr unsigned owner_only = 0600;

int fail(const std::string& text) {
    std::cerr << "relayauth keys export: " << printable(text) << '\n';
    return exit_misused;
}

void note(const std::string& text) {
    std::cerr << "relayauth keys export: note: " << printable(text) << '\n';
}

result<std::vector<identity>, std::string> read_identities(const keys_choice& chosen) {
    const auto password = server::read_password_of(chosen.password_file);
    if (!password) return password.error();
    const auto pairs = server::pair_paths(chosen.certificates, chosen.keys);
    if (!pairs) return std::string(more_keys_than_certificates);
    std::vector<identity> identities;
    for (const auto& each : *pairs) {
        auto read = server::read_identity(each, *password);
        if (!read) return read.error();
        for (const auto& words : read->warnings()) note(each.certificate + ": " + words);
        identities.push_back(std::move(*read));
    }
    return identities;
}

int export_turn_rest(const keys_choice& chosen, const identity& from) {
    const auto& realm = chosen.realms.front();
    const auto text = server::turn_rest_secret_of(from, realm);
    if (!chosen.out.empty()) {
        if (const auto wrong = client::write_new_file(chosen.out, text.reveal(), owner_only)) {
            return fail(*wrong);
        }
    }
    if (chosen.json) {
        json_object told;
        told.add("purpose", purpose_turn_rest).add("realm", realm);
        told.add("key_id", from.about().key_id);
        if (chosen.out.empty()) told.add("secret", as_text(text.reveal()));
        if (!chosen.out.empty()) told.add("out", chosen.out);
        std::cout << told.text() << '\n';
        return exit_good;
    }
    if (!chosen.out.empty()) {
        std::cout << "wrote " << printable(chosen.out) << ", which only its owner can read\n  key "
                  << from.about().key_id << ", realm " << printable(realm)
                  << "\nnext: put its 64 characters into the relay's settings as they stand "
                     "(coturn: static-auth-secret) and give them to nobody else, for whoever holds "
                     "them can mint\n";
        return exit_good;
    }
    std::cout << as_text(text.reveal()) << '\n';
    if (::isatty(STDOUT_FILENO) != 0) {
        note("these 64 characters mint TURN REST credentials for the realm " + realm +
             "; next: use-auth-secret, static-auth-secret=(them) and realm=" + realm +
             " in coturn's turnserver.conf");
    }
    return exit_good;
}

std::vector<verify::file_key> file_keys_of(const keys_choice& chosen,
                                           const std::vector<identity>& newest_first) {
    std::vector<certificate::facts> about;
    for (const auto& each : newest_first) about.push_back(each.about());
    const auto plan = server::plan_keys(about);
    for (const auto& each : plan.repeats) {
        note(chosen.certificates[each.certificate] + ": " + each.words);
    }
    std::vector<verify::file_key> keys;
    for (const auto& each : plan.keys) {
        const auto& from = newest_first[each.certificate];
        keys.push_back({from.about().key_id, server::key_secrets_of(from, chosen.realms),
                        each.mints, each.verifies_until});
    }
    return keys;
}

void warn_of_retired(const std::vector<verify::file_key>& keys) {
    const auto now = client::wall_now();
    for (const auto& each : keys) {
        if (each.mints || now < each.verifies_until) continue;
        note("key " + each.id +
             ": its certificate has expired, so this key verifies nothing any more; the file holds "
             "it all the same");
    }
}

std::string keys_json(const std::vector<verify::file_key>& keys) {
    std::vector<std::string> values;
    for (const auto& each : keys) {
        json_object key;
        key.add("key_id", each.id).add("mints", each.mints);
        if (!each.mints) key.add("verifies_until", utc_text(each.verifies_until));
        values.push_back(key.text());
    }
    return json_array(values);
}

void tell_of_verify(const keys_choice& chosen, const std::vector<verify::file_key>& keys) {
    if (chosen.json) {
        std::vector<std::string> realms;
        for (const auto& each : chosen.realms) realms.push_back(json_text(each));
        std::cout << json_object()
                         .add("purpose", purpose_verify)
                         .add("out", chosen.out)
                         .add_raw("keys", keys_json(keys))
                         .add_raw("realms", json_array(realms))
                         .text()
                  << '\n';
        return;
    }
    std::cout << "wrote " << printable(chosen.out) << ", which only its owner can read\n";
    for (const auto& each : keys) {
        std::cout << "  key " << each.id
                  << (each.mints ? ": mints" : ": verifies until " + utc_text(each.verifies_until))
                  << '\n';
    }
    std::cout << (chosen.realms.empty()
                      ? "  no realm: TURN REST names will be refused, other credentials not\n"
                      : "")
              << "next: give it to the relay and to nobody else, for whoever holds it can mint; "
                 "the relay loads it with relayauth::verify::verifier::load\n";
}

int export_verify(const keys_choice& chosen, const std::vector<identity>& newest_first) {
    const auto keys = file_keys_of(chosen, newest_first);
    const auto file = verify::write_key_file(keys);
    if (!file) return fail(verify::words(file.error()));
    if (const auto wrong = client::write_new_file(chosen.out, file->reveal(), owner_only)) {
        return fail(*wrong);
    }
    warn_of_retired(keys);
    tell_of_verify(chosen, keys);
    return exit_good;
}

int run(const keys_choice& chosen) {
    if (const auto problem = problem_of(chosen); !problem.empty()) return fail(problem);
    const auto identities = read_identities(chosen);
    if (!identities) return fail(identities.error());
    return chosen.purpose == purpose_turn_rest ? export_turn_rest(chosen, identities->front())
                                               : export_verify(chosen, *identities);
}

void add_files(CLI::App& command, keys_choice& into) {
    command
        .add_option("--certificate", into.certificates,
                    "A/V authentication certificate, PEM or PFX; may be repeated for verify: the "
                    "first one's key mints, the others' verify until they expire")
        ->type_name("F")
        ->allow_extra_args(false);
    command
        .add_option("--key", into.keys,
                    "its private key, if in a file of its own; the nth belongs to the nth "
                    "certificate")
        ->type_name("F")
        ->allow_extra_args(false);
    command.add_option("--password-file", into.password_file, "what opens the keys or PFX")
        ->type_name("F");
    command
        .add_option("--out", into.out,
                    "a new file that only its owner can read (0600); never overwritten; verify "
                    "needs it")
        ->type_name("FILE");
}

}  // namespace

CLI::App* add_keys(CLI::App& app, int& exit_code) {
    auto* parent = app.add_subcommand("keys", "give a relay what it needs to check credentials");
    parent->require_subcommand(1);
    auto* command = parent->add_subcommand(
        "export", "print a relay's shared secret, or write the key file of our verifier");
    const auto chosen = std::make_shared<keys_choice>();
    command
        ->add_option("--purpose", chosen->purpose,
                     "turn-rest: the secret of one realm, for coturn's static-auth-secret, pion, "
                     "eturnal, LiveKit; verify: a key file for relays that link relayauth::verify")
        ->type_name("PURPOSE");
    command
        ->add_option("--realm", chosen->realms,
                     "turn-rest: the relay's realm; verify: a realm whose TURN REST names are "
                     "checked too, may be repeated")
        ->type_name("R")
        ->allow_extra_args(false);
    add_files(*command, *chosen);
    command->add_flag("--json", chosen->json, "print one JSON object");
    command->footer(
        "Whoever holds what this gives out can mint credentials: guard it like the private key. "
        "Exit code: 0 done, 2 wrong usage or a bad file.");
    command->callback([chosen, &exit_code] { exit_code = run(*chosen); });
    return parent;
}

}  // namespace relayauth::cli
