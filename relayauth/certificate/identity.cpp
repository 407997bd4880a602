#include "relayauth/certificate/identity.hpp"

#include "relayauth/certificate/chain.hpp"
#include "relayauth/certificate/container.hpp"
#include "relayauth/certificate/key.hpp"
#include "relayauth/certificate/x509_facts.hpp"

namespace relayauth::certificate {
namespace {

constexpr std::string_view certificate_role = "certificate file";
constexpr std::string_view key_role = "key file";

failure no_certificate(const container& found) {
    const char* what = found.keys.empty() && !found.unreadable_key
                           ? ": there is no certificate in it; give the file that has the "
                             "CERTIFICATE block"
                           : ": there is only a private key in it; give the certificate with "
                             "--certificate and this file with --key";
    return {errc::no_certificate, std::string(certificate_role) + what};
}

failure no_key(const container& from, bool separate) {
    if (from.unreadable_key) return *from.unreadable_key;
    return {errc::no_private_key,
            separate ? "key file: there is no private key in it; give the file that has the "
                       "PRIVATE KEY block"
                     : "certificate file: there is no private key in it; give the file that has "
                       "the key with --key"};
}

failure mismatch(const container& certificates, const container& keys) {
    const auto leaf = leaf_of(certificates.certificates);
    const auto about = facts_of(certificates.certificates[leaf].get(), certificate_role);
    if (!about) return about.error();
    const auto subject = about->subject.empty() ? "with an empty subject" : about->subject;
    return {errc::key_of_another_certificate,
            "the private key (key id " + key_id_of(keys.keys.front().get()) +
                ") does not belong to the certificate " + subject + " (key id " + about->key_id +
                "); give the key that this certificate was made for"};
}

}  // namespace

result<identity, failure> identity::parse(const identity_source& source) {
    const error_scope errors;
    auto certificates = read_container(source.certificate, source.password, certificate_role);
    if (!certificates) return certificates.error();
    if (certificates->certificates.empty()) return no_certificate(*certificates);

    const bool separate = !source.key.empty();
    container key_file;
    if (separate) {
        auto read = read_container(source.key, source.password, key_role);
        if (!read) return read.error();
        key_file = *std::move(read);
    }
    const container& keys = separate ? key_file : *certificates;
    if (keys.keys.empty()) return no_key(keys, separate);
    const auto pair = matching_pair(certificates->certificates, keys.keys);
    if (!pair) return mismatch(*certificates, keys);

    auto* key = keys.keys[pair->key].get();
    auto about = facts_of(certificates->certificates[pair->certificate].get(), certificate_role);
    if (!about) return about.error();
    auto material = key_material(key, separate ? key_role : certificate_role);
    if (!material) return material.error();

    identity made;
    made.about_ = *std::move(about);
    made.material_ = *std::move(material);
    made.private_key_ = pkcs8_of(key);
    made.chain_ = chain_from(certificates->certificates, pair->certificate);
    if (made.private_key_.empty()) {
        return failure{errc::crypto_unavailable,
                       "OpenSSL cannot write the private key as PKCS#8; "
                       "check that it is sound"};
    }
    return made;
}

secret identity::derive(std::string_view purpose) const {
    const error_scope errors;
    return derive_key(material_, purpose);
}

std::vector<std::string> identity::warnings() const {
    constexpr unsigned shortest_for_tls = 2048;  // OpenSSL's security level 2, Debian's default
    if (about_.key_type != "RSA" || about_.key_bits >= shortest_for_tls) return {};
    return {"the RSA key has only " + std::to_string(about_.key_bits) +
            " bits: OpenSSL will not use it for TLS, so give a separate --tls-certificate, and a "
            "key of 2048 bits or more when you next renew"};
}

}  // namespace relayauth::certificate
