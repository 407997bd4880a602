#include "relayauth/server/loaded_keys.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/certificate/identity.hpp"
#include "relayauth/client/file.hpp"
#include "relayauth/server/identity_file.hpp"
#include "relayauth/server/signing_key.hpp"

#include <optional>

namespace relayauth::server {
namespace {

using certificate::identity;
using file_bytes = std::vector<std::uint8_t>;

result<file_bytes, std::string> read(const std::string& path) {
    return client::read_file(path, certificate::max_file_bytes);
}

// RFC 5280 4.1.2.5: the second that notAfter names still counts.
bool date_has_passed(const certificate::facts& about, wall_time now) {
    return now >= about.not_after + ticks(std::chrono::seconds(1));
}

// The dates matter although the names do not: an expired certificate is one that nobody looks
// after.
std::string date_problem(const certificate::facts& about, wall_time now) {
    if (date_has_passed(about, now)) {
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
    if (!chosen.tls_certificate.empty()) return {chosen.tls_certificate, chosen.tls_key};
    return pair_paths(chosen.certificates, chosen.keys)->front();
}

result<file_bytes, std::string> read_authorities(const std::string& path,
                                                 const std::string& option) {
    if (path.empty()) return file_bytes();
    auto pem = read(path);
    // Empty, it would read as no such option at all.
    if (pem && pem->empty()) return path + ": no certificate in the file (" + option + ")";
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

// Dates are the machine's clock's, keys are asked by the one that judges credentials.
wall_time verifies_until(const options& chosen, const certificate::facts& about) {
    return about.not_after + ticks(std::chrono::seconds(1)) + chosen.clock_offset;
}

// A renewed certificate of a key that only verifies lets it do so for longer.
void renew(keyring::entry& entry, wall_time until, const certificate::facts& about,
           certificate::facts& told, wall_time& not_after) {
    if (about.not_after <= told.not_after) return;
    entry.verifies_until = until;
    not_after = about.not_after;
    told = about;
}

// add_key puts the next key of --certificate into the ring: the first mints, the others verify
// until the second that their notAfter names has passed (RFC 5280 4.1.2.5).
void add_key(const options& chosen, const std::string& file, const identity& from, wall_time now,
             std::vector<keyring::entry>& entries, loaded_keys& into) {
    const auto& about = from.about();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (entries[i].key.id != about.key_id) continue;
        auto words = file;
        words += ": the same key (";
        words += about.key_id;
        words += ") as an earlier --certificate";
        into.warnings.push_back(std::move(words));
        if (i > 0) {
            renew(entries[i], verifies_until(chosen, about), about, into.verifying[i - 1],
                  into.not_after[i]);
        }
        return;
    }
    for (auto& words : from.warnings()) {
        into.warnings.push_back(words.insert(0, ": ").insert(0, file));
    }
    const bool mints = entries.empty();
    const auto until = mints ? wall_time::max() : verifies_until(chosen, about);
    if (!mints && date_has_passed(about, now)) into.warnings.push_back(expired_words(file, about));
    entries.push_back(keyring::entry{signing_key_of(from, chosen.realms), mints, until});
    into.not_after.push_back(about.not_after);
    if (mints) {
        into.about = about;
    } else {
        into.verifying.push_back(about);
    }
}

std::string add_keys(const options& chosen, const std::optional<secret>& password, wall_time now,
                     loaded_keys& into) {
    std::vector<keyring::entry> entries;
    const auto pairs = pair_paths(chosen.certificates, chosen.keys);
    for (const auto& paths : *pairs) {
        const auto read = read_identity(paths, password);
        if (!read) return read.error();
        if (entries.empty()) {
            auto refused =
                check_dates(chosen, paths.certificate, read->about(), now, into.warnings);
            if (!refused.empty()) return refused;
        }
        add_key(chosen, paths.certificate, *read, now, entries, into);
    }
    into.ring = keyring::ring(std::move(entries));
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
    auto redis_password = read_password_of(chosen.redis_password_file);
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
