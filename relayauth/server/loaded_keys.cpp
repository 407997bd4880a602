#include "relayauth/server/loaded_keys.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/certificate/identity.hpp"
#include "relayauth/client/file.hpp"
#include "relayauth/server/signing_key.hpp"

#include <optional>

namespace relayauth::server {
namespace {

using certificate::identity;
using file_bytes = std::vector<std::uint8_t>;

result<file_bytes, std::string> read(const std::string& path) {
    return client::read_file(path, certificate::max_file_bytes);
}

result<std::optional<secret>, std::string> read_password(const options& chosen) {
    if (chosen.password_file.empty()) return std::optional<secret>();
    auto password = client::read_password_file(chosen.password_file);
    if (!password) return password.error();
    return std::optional<secret>(std::move(*password));
}

result<identity, std::string> read_identity(const std::string& certificate_path,
                                            const std::string& key_path,
                                            const std::optional<secret>& password) {
    const auto certificate = read(certificate_path);
    if (!certificate) return certificate.error();
    file_bytes key;
    if (!key_path.empty()) {
        auto bytes = read(key_path);
        if (!bytes) return bytes.error();
        key = std::move(*bytes);
    }
    auto parsed = identity::parse({*certificate, key, password ? &*password : nullptr});
    wipe(key);
    if (!parsed) {
        return certificate_path + (key_path.empty() ? "" : " with " + key_path) + ": " +
               parsed.error().text;
    }
    return std::move(*parsed);
}

// The dates matter although the names do not: an expired certificate is one that nobody looks
// after.
std::string date_problem(const certificate::facts& about, wall_time now) {
    // RFC 5280 4.1.2.5: the second that notAfter names still counts.
    if (now >= about.not_after + ticks(std::chrono::seconds(1))) {
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

result<identity, std::string> read_tls_identity(const options& chosen,
                                                const std::optional<secret>& password) {
    const bool shared = chosen.tls_certificate.empty();
    return shared ? read_identity(chosen.certificate, chosen.key, password)
                  : read_identity(chosen.tls_certificate, chosen.tls_key, password);
}

result<file_bytes, std::string> read_client_ca(const options& chosen) {
    if (chosen.client_ca.empty()) return file_bytes();
    auto pem = read(chosen.client_ca);
    // Empty, it would read as no --client-ca at all.
    if (pem && pem->empty()) return chosen.client_ca + ": no certificate in the file (--client-ca)";
    return pem;
}

}  // namespace

result<loaded_keys, std::string> load_keys(const options& chosen, wall_time now) {
    auto password = read_password(chosen);
    if (!password) return password.error();
    auto minting = read_identity(chosen.certificate, chosen.key, *password);
    if (!minting) return minting.error();

    loaded_keys loaded;
    loaded.about = minting->about();
    loaded.warnings = minting->warnings();
    if (auto refused = check_dates(chosen, chosen.certificate, loaded.about, now, loaded.warnings);
        !refused.empty()) {
        return refused;
    }

    const auto tls = read_tls_identity(chosen, *password);
    if (!tls) return tls.error();
    if (!chosen.tls_certificate.empty()) {
        loaded.tls_about = tls->about();
        for (auto& words : tls->warnings())
            loaded.warnings.push_back(chosen.tls_certificate + ": " + words);
        if (auto refused =
                check_dates(chosen, chosen.tls_certificate, tls->about(), now, loaded.warnings);
            !refused.empty()) {
            return refused;
        }
    }
    const auto client_ca = read_client_ca(chosen);
    if (!client_ca) return client_ca.error();
    auto context = net::tls_context::create(tls_identity_of(*tls), as_text(*client_ca));
    if (!context) {
        const bool about_ca = context.error().starts_with("--client-ca");
        const auto& presented =
            chosen.tls_certificate.empty() ? chosen.certificate : chosen.tls_certificate;
        return (about_ca ? chosen.client_ca : presented) + ": " + context.error();
    }
    loaded.tls = std::move(*context);
    if (chosen.tls_certificate.empty()) {
        loaded.warnings.emplace_back(
            "one certificate both mints and is presented to clients: give the listener its own "
            "with "
            "--tls-certificate, whose name clients do check");
    }

    loaded.not_after.push_back(minting->about().not_after);
    std::vector<keyring::entry> entries;
    entries.emplace_back(keyring::entry{signing_key_of(*minting), true, wall_time::max()});
    loaded.ring = keyring::ring(std::move(entries));
    return loaded;
}

}  // namespace relayauth::server
