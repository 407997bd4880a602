#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace relayauth::net {

// test_certificate is a certificate with its private key.
struct test_certificate {
    std::shared_ptr<X509> x509;
    std::shared_ptr<EVP_PKEY> key;

    std::string pem() const {
        const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
        PEM_write_bio_X509(out.get(), x509.get());
        char* text = nullptr;
        const auto size = BIO_get_mem_data(out.get(), &text);
        return std::string(text, static_cast<std::size_t>(size));
    }
};

// certificate_wish is what a test wants of a certificate.
struct certificate_wish {
    std::string name = "client.example.test";  // common name and, unless it is a CA, DNS name
    std::string usage = "serverAuth";          // extended key usage; empty: it is a CA
    std::string not_after = "99991231235959Z";
    unsigned rsa_bits = 0;  // 0: P-256
};

// certify makes what is wanted, signed by `issuer`, or by itself if that is null.
inline test_certificate certify(const certificate_wish& wanted, const test_certificate* issuer) {
    static long serial = 0;
    const bool is_ca = wanted.usage.empty();
    test_certificate made;
    made.key.reset(wanted.rsa_bits != 0 ? EVP_RSA_gen(wanted.rsa_bits) : EVP_EC_gen("P-256"),
                   &EVP_PKEY_free);
    made.x509.reset(X509_new(), &X509_free);
    auto* x509 = made.x509.get();
    X509_set_version(x509, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), ++serial);
    ASN1_TIME_set_string(X509_getm_notBefore(x509), "20000101000000Z");
    ASN1_TIME_set_string(X509_getm_notAfter(x509), wanted.not_after.c_str());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(wanted.name.c_str()), -1, -1,
                               0);
    const auto& signer = issuer != nullptr ? *issuer : made;
    X509_set_issuer_name(x509, X509_get_subject_name(signer.x509.get()));
    X509_set_pubkey(x509, made.key.get());
    const auto extend = [x509](int what, const std::string& value) {
        auto* extension = X509V3_EXT_conf_nid(nullptr, nullptr, what, value.c_str());
        X509_add_ext(x509, extension, -1);
        X509_EXTENSION_free(extension);
    };
    extend(NID_basic_constraints, is_ca ? "critical,CA:TRUE" : "CA:FALSE");
    if (!is_ca) extend(NID_ext_key_usage, wanted.usage);
    if (!is_ca) extend(NID_subject_alt_name, "DNS:" + wanted.name);
    X509_sign(x509, signer.key.get(), EVP_sha256());
    return made;
}

inline test_certificate make_ca(const std::string& name, const test_certificate* issuer = nullptr) {
    return certify({name, "", "99991231235959Z", 0}, issuer);
}

}  // namespace relayauth::net
