#include "relayauth/doctor/shown_name.hpp"

#include "relayauth/mras/ip_literal.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

namespace relayauth::doctor {

bool is_for(const std::string& certificate_pem, const std::string& name) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> input(
        BIO_new_mem_buf(certificate_pem.data(), static_cast<int>(certificate_pem.size())),
        &BIO_free);
    if (!input) return false;
    const std::unique_ptr<X509, decltype(&X509_free)> shown(
        PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr), &X509_free);
    ERR_clear_error();
    if (!shown) return false;
    if (mras::is_ipv4_literal(name) || mras::is_ipv6_literal(name)) {
        return X509_check_ip_asc(shown.get(), name.c_str(), 0) == 1;
    }
    return X509_check_host(shown.get(), name.data(), name.size(), 0, nullptr) == 1;
}

}  // namespace relayauth::doctor
