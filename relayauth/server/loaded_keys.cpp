#include "relayauth/server/loaded_keys.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/certificate/identity.hpp"
#include "relayauth/client/file.hpp"
#include "relayauth/server/identity_file.hpp"
#include "relayauth/server/key_plan.hpp"
#include "relayauth/server/signing_key.hpp"

#include <optional>
#include <span>

namespace relayauth::server {
namespace {

using certificate::identity;
using file_bytes = std::vector<std::uint8_t>;

// The dates matter although the names do not: an expired certificate is one that nobody looks
// after.
std::string date_problem(const certificate::facts& about, wall_time now) {
    if (now >= end_of(about)) {
        return "the certificate expired " + utc_text(about.not_after) + ", " +
               duration_text(now - about.not_after) + " before this machine's clock (" +
               utc_text(now) + ")";
    }
    if (now < about.not_before) {
        return "the certificate is not valid before " + utc_text(about.not_before) + ", " +
               duration_text(about.not_before - now) + " ahead of this machine's clock (" +
               utc_text(now) + ")";
    }
    return {};
}

// check_dates gives the line that refuses a certificate outside its dates; if that is allowed, it
// becomes a warning.
std::string check_dates(const options& chosen, const std::string& file,
                        const certificate::facts& about, wall_time now,
                        std::vector<std::string>& warnings) {
    auto problem = date_problem(about, now);
    if (problem.empty()) return {};
    problem = file + ": " + problem;
    if (!chosen.allow_expired_certificate) {
        return problem +
               ": check the clock, renew it (the same key keeps all credentials valid), or start "
               "with --allow-expired-certificate";
    }
    warnings.push_back(problem + ": allowed by --allow-expired-certificate");
    return {};
}

net::tls_identity tls_identity_of(const identity& from) {
    return {from.chain_der(), from.private_key_der()};
}

// What listeners present: --tls-certificate, else the one that mints.
certificate_paths tls_paths(const options& chosen) {
    if (!chosen.tls_certificate.empty())
        return {chosen.tls_certificate, chosen.tls_key, "--tls-certificate", "--tls-key"};
    return pair_paths(chosen.certificates, chosen.keys)->front();
}

result<file_bytes, std::string> read_authorities(const std::string& path,
                                                 const std::string& option) {
    if (path.empty()) return file_bytes();
    auto pem = client::read_file(path, certificate::max_file_bytes);
    if (!pem) return option + ": " + pem.error();
    // Empty, it would read as no such option at all.
    if (pem->empty()) return path + ": no certificate in the file (" + option + ")";
    return pem;
}

result<std::shared_ptr<const net::tls_context>, std::string> make_tls(const options& chosen,
                                                                      const identity& presented) {
    const auto client_ca = read_authorities(chosen.client_ca, "--client-ca");
    if (!client_ca) return client_ca.error();
    const auto relay_ca = read_authorities(chosen.relay_ca, "--relay-ca");
    if (!relay_ca) return relay_ca.error();
    auto made = net::tls_context::create(tls_identity_of(presented),
                                         {as_text(*client_ca), as_text(*relay_ca)});
    if (made) return made;
    const auto& words = made.error();
    if (words.starts_with("--client-ca")) return chosen.client_ca + ": " + words;
    if (words.starts_with("--relay-ca")) return chosen.relay_ca + ": " + words;
    return tls_paths(chosen).certificate + ": " + words;
}

// expired_words is for a certificate that only verifies and no longer does; it does no harm.
std::string expired_words(const std::string& file, const certificate::facts& about) {
    return file + ": the certificate expired " + utc_text(about.not_after) +
           ": it verifies nothing any more, take it out of --certificate";
}

// add_planned makes the ring as plan_keys has it. Dates are the machine's clock's, while keys are
// asked by the one that judges credentials: --clock-offset lies between them.
void add_planned(const options& chosen, std::span<const identity> identities,
                 std::span<const certificate::facts> about, wall_time now, loaded_keys& into) {
    const auto plan = plan_keys(about);
    for (const auto& each : plan.repeats) {
        into.warnings.push_back(chosen.certificates[each.certificate] + ": " + each.words);
    }
    std::vector<keyring::entry> entries;
    for (const auto& each : plan.keys) {
        const auto& its = about[each.certificate];
        const auto until =
            each.mints ? each.verifies_until : each.verifies_until + chosen.clock_offset;
        entries.push_back(keyring::entry{
            signing_key_of(identities[each.certificate], chosen.realms), each.mints, until});
        into.not_after.push_back(its.not_after);
        if (each.mints) {
            into.about = its;
            continue;
        }
        into.verifying.push_back(its);
        if (now >= end_of(its)) {
            into.warnings.push_back(expired_words(chosen.certificates[each.certificate], its));
        }
    }
    into.ring = keyring::ring(std::move(entries));
}

std::string add_keys(const options& chosen, const std::optional<secret>& password, wall_time now,
                     loaded_keys& into) {
    std::vector<identity> identities;
    std::vector<certificate::facts> about;
    const auto pairs = pair_paths(chosen.certificates, chosen.keys);
    for (const auto& paths : *pairs) {
        auto read = read_identity(paths, password);
        if (!read) return read.error();
        if (identities.empty()) {
            auto refused =
                check_dates(chosen, paths.certificate, read->about(), now, into.warnings);
            if (!refused.empty()) return refused;
        }
        for (auto& words : read->warnings()) {
            into.warnings.push_back(words.insert(0, ": ").insert(0, paths.certificate));
        }
        about.push_back(read->about());
        identities.push_back(std::move(*read));
    }
    add_planned(chosen, identities, about, now, into);
    return {};
}

std::string add_tls(const options& chosen, const std::optional<secret>& password, wall_time now,
                    loaded_keys& into) {
    const auto paths = tls_paths(chosen);
    const auto presented = read_identity(paths, password);
    if (!presented) return presented.error();
    if (!chosen.tls_certificate.empty()) {
        into.tls_about = presented->about();
        for (auto& words : presented->warnings())
            into.warnings.push_back(paths.certificate + ": " + words);
        auto refused =
            check_dates(chosen, paths.certificate, presented->about(), now, into.warnings);
        if (!refused.empty()) return refused;
    }
    auto context = make_tls(chosen, *presented);
    if (!context) return context.error();
    into.tls = std::move(*context);
    if (chosen.tls_certificate.empty()) {
        into.warnings.emplace_back(
            "one certificate both mints and is presented to clients: give the listener its own "
            "with --tls-certificate, whose name clients do check");
    }
    return {};
}

}  // namespace

result<loaded_keys, std::string> load_keys(const options& chosen, wall_time now) {
    auto password = read_password_of(chosen.password_file);
    if (!password) return password.error();
    auto redis_password = read_password_of(chosen.redis_password_file, "--redis-password-file");
    if (!redis_password) return redis_password.error();
    if (*redis_password && (*redis_password)->empty()) {
        return chosen.redis_password_file + ": the first line is empty: write the password there";
    }
    loaded_keys loaded;
    loaded.redis_password = std::move(*redis_password);
    if (auto problem = add_keys(chosen, *password, now, loaded); !problem.empty()) return problem;
    if (auto problem = add_tls(chosen, *password, now, loaded); !problem.empty()) return problem;
    return loaded;
}

}  // namespace relayauth::server
