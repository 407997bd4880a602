#include "relayauth/certificate/chain.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace relayauth::certificate {
namespace {

std::vector<std::uint8_t> der_of(const X509* certificate) {
    const int size = i2d_X509(certificate, nullptr);
    std::vector<std::uint8_t> der(size > 0 ? static_cast<std::size_t>(size) : 0);
    auto* at = der.data();
    if (!der.empty()) i2d_X509(certificate, &at);
    return der;
}

bool issued(const x509_ptr& issuer, const x509_ptr& certificate) {
    return X509_check_issued(issuer.get(), certificate.get()) == X509_V_OK;
}

}  // namespace

std::optional<key_pair> matching_pair(const std::vector<x509_ptr>& certificates,
                                      const std::vector<key_ptr>& keys) {
    for (std::size_t c = 0; c < certificates.size(); ++c) {
        const auto* public_key = X509_get0_pubkey(certificates[c].get());
        if (!public_key) continue;
        for (std::size_t k = 0; k < keys.size(); ++k) {
            if (EVP_PKEY_eq(public_key, keys[k].get()) == 1) return key_pair{c, k};
        }
    }
    return std::nullopt;
}

std::size_t leaf_of(const std::vector<x509_ptr>& certificates) {
    for (std::size_t candidate = 0; candidate < certificates.size(); ++candidate) {
        bool issued_another = false;
        for (std::size_t other = 0; other < certificates.size(); ++other) {
            if (other != candidate && issued(certificates[candidate], certificates[other])) {
                issued_another = true;
            }
        }
        if (!issued_another) return candidate;
    }
    return 0;  // they issued each other in a ring: any will do
}

std::vector<std::vector<std::uint8_t>> chain_from(const std::vector<x509_ptr>& certificates,
                                                  std::size_t leaf) {
    std::vector<std::vector<std::uint8_t>> chain;
    std::vector<bool> taken(certificates.size(), false);
    for (std::size_t at = leaf; at < certificates.size();) {
        chain.push_back(der_of(certificates[at].get()));
        taken[at] = true;
        std::size_t next = 0;
        while (next < certificates.size() &&
               (taken[next] || !issued(certificates[next], certificates[at]))) {
            ++next;
        }
        at = next;
    }
    return chain;
}

}  // namespace relayauth::certificate
