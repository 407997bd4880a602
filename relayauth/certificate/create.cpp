#include "relayauth/certificate/create.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/certificate/extensions.hpp"
#include "relayauth/certificate/handles.hpp"
#include "relayauth/certificate/key.hpp"
#include "relayauth/certificate/name.hpp"
#include "relayauth/crypto/random.hpp"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>

namespace relayauth::certificate {
namespace {

constexpr ticks head_start = std::chrono::hours(1);
// RFC 5280 4.1.2.5: no later time can be written.
constexpr wall_time last_writable = wall_time::from_unix(std::chrono::seconds{253'402'300'799});

failure openssl_failed(const char* what) {
    return {errc::crypto_unavailable,
            std::string("OpenSSL could not ") + what + "; check its installation"};
}

key_ptr make_key(key_kind kind) {
    switch (kind) {
        case key_kind::rsa2048:
            return key_ptr(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048}));
        case key_kind::p256:
            return key_ptr(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
        case key_kind::ed25519:
            return key_ptr(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    }
    return nullptr;
}

result<key_ptr, failure> key_for(const create_request& request) {
    if (!request.existing_key) {
        auto key = make_key(request.kind);
        if (!key) return openssl_failed("make a private key");
        return key;
    }
    auto key = key_from_pkcs8(request.existing_key->reveal());
    if (!key) {
        return failure{errc::damaged, "the existing private key is not PKCS#8 DER"};
    }
    // One that the server would refuse gets no certificate either.
    if (auto material = key_material(key.get(), "existing key"); !material) return material.error();
    return key;
}

bool set_time(ASN1_TIME* field, wall_time t) {
    std::string digits = utc_text(std::min(t, last_writable));
    std::erase_if(digits, [](char c) { return !ascii::is_digit(c); });
    return ASN1_TIME_set_string_X509(field, (digits + "Z").c_str()) == 1;
}

// RFC 5280 4.1.2.2: positive and at most 20 octets; random, so that two never meet.
bool set_serial(X509* certificate) {
    std::array<std::uint8_t, 16> octets{};
    if (!crypto::fill_random(octets)) return false;
    octets[0] = static_cast<std::uint8_t>((octets[0] & 0x7F) | 0x40);
    const handle<BIGNUM, BN_free> number(BN_bin2bn(octets.data(), octets.size(), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

bool fill_fields(X509* certificate, X509_NAME* subject, EVP_PKEY* key,
                 const create_request& request, wall_time now) {
    return X509_set_version(certificate, X509_VERSION_3) == 1 && set_serial(certificate) &&
           X509_set_subject_name(certificate, subject) == 1 &&
           X509_set_issuer_name(certificate, subject) == 1 &&
           X509_set_pubkey(certificate, key) == 1 &&
           set_time(X509_getm_notBefore(certificate), now - head_start) &&
           set_time(X509_getm_notAfter(certificate), now + ticks(request.valid_for));
}

// Ed25519 hashes for itself, so it is given no digest.
bool sign(X509* certificate, EVP_PKEY* key) {
    const int type = EVP_PKEY_get_base_id(key);
    const bool own_digest = type == EVP_PKEY_ED25519 || type == EVP_PKEY_ED448;
    return X509_sign(certificate, key, own_digest ? nullptr : EVP_sha256()) > 0;
}

bytes_view contents_of(BIO* out) {
    char* text = nullptr;
    const long size = BIO_get_mem_data(out, &text);
    return as_bytes({text, static_cast<std::size_t>(size)});
}

result<created, failure> write(X509* certificate, EVP_PKEY* key) {
    const handle<BIO, BIO_free> text(BIO_new(BIO_s_mem()));
    const handle<BIO, BIO_free> key_text(BIO_new(BIO_s_secmem()));  // wiped when it goes
    if (!text || !key_text || PEM_write_bio_X509(text.get(), certificate) != 1 ||
        PEM_write_bio_PKCS8PrivateKey(key_text.get(), key, nullptr, nullptr, 0, nullptr, nullptr) !=
            1) {
        return openssl_failed("write the certificate");
    }
    return created{std::string(as_text(contents_of(text.get()))),
                   secret(contents_of(key_text.get()))};
}

}  // namespace

result<created, failure> create(const create_request& request, wall_time now) {
    const error_scope errors;
    // Also bounds what is added to `now`: 10000 years are 3.7 million days.
    if (request.valid_for < std::chrono::days{1} ||
        request.valid_for > std::chrono::days{4'000'000}) {
        return failure{errc::not_a_lifetime, "the certificate must be valid for 1 to 4000000 days"};
    }
    auto subject = parse_name(request.subject);
    if (!subject) return subject.error();
    auto key = key_for(request);
    if (!key) return key.error();
    const handle<X509, X509_free> certificate(X509_new());
    if (!certificate || !fill_fields(certificate.get(), subject->get(), key->get(), request, now)) {
        return openssl_failed("fill in the certificate");
    }
    if (auto wrong = add_extensions(certificate.get(), request)) return *std::move(wrong);
    if (!sign(certificate.get(), key->get())) return openssl_failed("sign the certificate");
    return write(certificate.get(), key->get());
}

}  // namespace relayauth::certificate
