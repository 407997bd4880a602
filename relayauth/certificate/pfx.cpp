#include "relayauth/certificate/container.hpp"
#include "relayauth/certificate/key.hpp"
#include "relayauth/certificate/locked.hpp"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <string>

namespace relayauth::certificate {
namespace {

using pfx_ptr = handle<PKCS12, PKCS12_free>;

void free_certificates(STACK_OF(X509) * certificates) {
    sk_X509_pop_free(certificates, X509_free);
}

pfx_ptr parse(bytes_view file, const old_ciphers& ciphers) {
    PKCS12* made = PKCS12_init_ex(NID_pkcs7_data, ciphers.context(), nullptr);
    if (!made) return nullptr;
    const auto* at = file.data();
    d2i_PKCS12(&made, &at, static_cast<long>(file.size()));  // frees and clears `made` if it fails
    return pfx_ptr(made);
}

bool mac_asks_too_many_iterations(const PKCS12* pfx) {
    const ASN1_INTEGER* iterations = nullptr;
    PKCS12_get0_mac(nullptr, nullptr, nullptr, &iterations, pfx);
    std::int64_t count = 1;  // RFC 7292 section 4: the default
    return iterations &&
           (ASN1_INTEGER_get_int64(&count, iterations) != 1 || count > max_iterations);
}

// An empty password is written in two ways (RFC 7292 B.1): as no octets, or as one zero character.
bool opens(PKCS12* pfx, const char* password, bool empty) {
    return PKCS12_verify_mac(pfx, password, -1) == 1 ||
           (empty && PKCS12_verify_mac(pfx, nullptr, 0) == 1);
}

// What the PFX's context made must not outlive it, so it is written out and read again.
x509_ptr outside(const X509* certificate) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate, &der);
    if (size <= 0) return nullptr;
    const unsigned char* at = der;
    x509_ptr again(d2i_X509(nullptr, &at, size));
    OPENSSL_free(der);
    return again;
}

struct contents {
    key_ptr key;
    x509_ptr certificate;
    handle<STACK_OF(X509), free_certificates> others;
};

bool unpack(PKCS12* pfx, const char* password, contents& into) {
    EVP_PKEY* key = nullptr;
    X509* certificate = nullptr;
    STACK_OF(X509)* others = nullptr;
    const bool good = PKCS12_parse(pfx, password, &key, &certificate, &others) == 1;
    into.key.reset(key);
    into.certificate.reset(certificate);
    into.others.reset(others);
    return good;
}

container carried_out(const contents& from) {
    container found;
    if (from.certificate) found.certificates.push_back(outside(from.certificate.get()));
    const int others = from.others ? sk_X509_num(from.others.get()) : 0;
    for (int i = 0; i < others; ++i) {
        found.certificates.push_back(outside(sk_X509_value(from.others.get(), i)));
    }
    std::erase(found.certificates, nullptr);
    if (from.key) {
        auto key = key_from_pkcs8(pkcs8_of(from.key.get()).reveal());
        if (key) found.keys.push_back(std::move(key));
    }
    return found;
}

failure pfx_password_failure(const secret* password, std::string_view role) {
    auto wrong = password_failure(password, role);
    if (wrong.why == errc::password_needed) {
        wrong.text = std::string(role) + ": this PFX has a password; give it with --password-file";
    }
    return wrong;
}

result<container, failure> read(PKCS12* pfx, const secret* password, const old_ciphers& ciphers,
                                std::string_view role) {
    if (PKCS12_mac_present(pfx) == 0) {  // OpenSSL 3.0's PKCS12_parse refuses it without a word
        return failure{errc::unsupported_encryption,
                       std::string(role) +
                           ": this PFX has no integrity check, so OpenSSL does not open it; "
                           "export it again with a password"};
    }
    const auto terminated_password = terminated(password);
    const auto* text = reinterpret_cast<const char*>(terminated_password.reveal().data());
    if (!opens(pfx, text, !password || password->empty())) {
        // OpenSSL says nothing about a wrong password, but does about a MAC it cannot compute.
        if (ERR_peek_error() == 0) return pfx_password_failure(password, role);
        return failure{errc::unsupported_encryption,
                       std::string(role) +
                           ": the integrity check of this PFX is of a kind that this OpenSSL "
                           "cannot compute; export it again"};
    }
    contents inside;
    if (!unpack(pfx, text, inside)) {
        auto wrong = why_locked(password, ciphers.complete(), role);
        // The MAC has already taken the password, so it is not the password.
        if (wrong.why == errc::wrong_password || wrong.why == errc::password_needed) {
            wrong = {errc::damaged, std::string(role) +
                                        ": the PFX opens but what is inside does not parse; export "
                                        "it again"};
        }
        return wrong;
    }
    return carried_out(inside);
}

}  // namespace

std::optional<result<container, failure>> read_pfx(bytes_view file, const secret* password,
                                                   std::string_view role) {
    const old_ciphers ciphers;
    const auto pfx = parse(file, ciphers);
    if (!pfx) return std::nullopt;
    if (mac_asks_too_many_iterations(pfx.get()) || asks_too_many_iterations(file)) {
        return too_many_iterations(role);
    }
    ERR_clear_error();  // read() looks at what it provokes, not at what parsing left
    return read(pfx.get(), password, ciphers, role);
}

}  // namespace relayauth::certificate
