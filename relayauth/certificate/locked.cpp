#include "relayauth/certificate/locked.hpp"

#include "relayauth/certificate/key.hpp"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <string>

namespace relayauth::certificate {
namespace {

bool too_many(const ASN1_INTEGER* iterations) {
    std::int64_t count = 0;
    return ASN1_INTEGER_get_int64(&count, iterations) != 1 || count < 0 || count > max_iterations;
}

// `parameters` begins with PBKDF2-params (RFC 8018 A.2) or PBEParameter (A.3, RFC 7292 C).
bool pbkdf2_asks_too_many(bytes_view parameters) {
    const auto* at = parameters.data();
    const handle<PBKDF2PARAM, PBKDF2PARAM_free> read(
        d2i_PBKDF2PARAM(nullptr, &at, static_cast<long>(parameters.size())));
    return read && too_many(read->iter);
}
bool pbe_asks_too_many(bytes_view parameters) {
    const auto* at = parameters.data();
    const handle<PBEPARAM, PBEPARAM_free> read(
        d2i_PBEPARAM(nullptr, &at, static_cast<long>(parameters.size())));
    return read && too_many(read->iter);
}

bool is_missing_cipher(unsigned long error) {
    if (ERR_GET_LIB(error) == ERR_LIB_PEM) {
        return ERR_GET_REASON(error) == PEM_R_UNSUPPORTED_ENCRYPTION;
    }
    if (ERR_GET_LIB(error) != ERR_LIB_EVP) return false;
    switch (ERR_GET_REASON(error)) {
        case EVP_R_UNKNOWN_PBE_ALGORITHM:
        case EVP_R_UNKNOWN_CIPHER:
        case EVP_R_UNKNOWN_DIGEST:
        case EVP_R_UNSUPPORTED_ALGORITHM:
        case EVP_R_UNSUPPORTED_CIPHER:
        case EVP_R_UNSUPPORTED_PRF:
        case EVP_R_UNSUPPORTED_KEY_DERIVATION_FUNCTION:
        case ERR_R_UNSUPPORTED:
            return true;
        default:
            return false;
    }
}

}  // namespace

old_ciphers::old_ciphers()
    : context_(OSSL_LIB_CTX_new()),
      default_(context_ ? OSSL_PROVIDER_load(context_, "default") : nullptr),
      legacy_(context_ ? OSSL_PROVIDER_load(context_, "legacy") : nullptr) {}

old_ciphers::~old_ciphers() {
    if (legacy_) OSSL_PROVIDER_unload(legacy_);
    if (default_) OSSL_PROVIDER_unload(default_);
    OSSL_LIB_CTX_free(context_);
}

bool asks_too_many_iterations(bytes_view der) {
    // 1.2.840.113549.1, the arc of PKCS; 5.12 is PBKDF2, 5.x PBES1, 12.1.x PKCS#12's own.
    constexpr std::array<std::uint8_t, 7> arc = {0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01};
    constexpr std::size_t longest_parameters = 1024;
    auto at = der.begin();
    while ((at = std::search(at, der.end(), arc.begin(), arc.end())) != der.end()) {
        at += arc.size();
        const auto rest = der.subspan(static_cast<std::size_t>(at - der.begin()));
        const auto tail = rest.first(std::min(rest.size(), longest_parameters));
        if (tail.size() < 3) return false;
        if (tail[0] == 5 && tail[1] == 12 && pbkdf2_asks_too_many(tail.subspan(2))) return true;
        if (tail[0] == 5 && tail[1] != 12 && pbe_asks_too_many(tail.subspan(2))) return true;
        if (tail[0] == 12 && tail[1] == 1 && pbe_asks_too_many(tail.subspan(3))) return true;
    }
    return false;
}

failure too_many_iterations(std::string_view role) {
    return {errc::too_many_iterations,
            std::string(role) +
                ": its password is to be hashed over 10 million times; export it "
                "again with a usual count"};
}

failure password_failure(const secret* password, std::string_view role) {
    if (!password || password->empty()) {
        return {errc::password_needed,
                std::string(role) +
                    ": the private key is encrypted; give its password with --password-file"};
    }
    return {errc::wrong_password,
            std::string(role) +
                ": the password does not open it; check the file given with --password-file"};
}

failure why_locked(const secret* password, bool old_ciphers_complete, std::string_view role) {
    bool missing = false;
    while (const auto error = ERR_get_error()) missing = missing || is_missing_cipher(error);
    if (!missing) return password_failure(password, role);
    if (!old_ciphers_complete) {
        return {errc::crypto_unavailable,
                std::string(role) +
                    ": it is encrypted in an old way that needs OpenSSL's legacy provider, which "
                    "is not installed; install it or export the key again with AES-256"};
    }
    return {errc::unsupported_encryption,
            std::string(role) +
                ": it is encrypted in a way that this OpenSSL cannot undo; export it again with "
                "AES-256"};
}

secret terminated(const secret* password) {
    secret text((password ? password->size() : 0) + 1);
    if (password) {
        const auto bytes = password->reveal();
        std::copy(bytes.begin(), bytes.end(), text.reveal_for_writing().begin());
    }
    return text;
}

result<key_ptr, failure> open_pkcs8(bytes_view der, const secret* password, std::string_view role) {
    if (!password) return password_failure(password, role);
    if (asks_too_many_iterations(der)) return too_many_iterations(role);
    const auto* at = der.data();
    const handle<X509_SIG, X509_SIG_free> locked(
        d2i_X509_SIG(nullptr, &at, static_cast<long>(der.size())));
    if (!locked) {
        return failure{
            errc::damaged,
            std::string(role) + ": its encrypted private key does not parse; export it again"};
    }
    const old_ciphers ciphers;
    const auto text = terminated(password);
    const handle<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free> opened(
        PKCS8_decrypt_ex(locked.get(), reinterpret_cast<const char*>(text.reveal().data()),
                         static_cast<int>(password->size()), ciphers.context(), nullptr));
    if (!opened) return why_locked(password, ciphers.complete(), role);
    key_ptr key(EVP_PKCS82PKEY(opened.get()));
    if (!key) return password_failure(password, role);  // it decrypted to nonsense
    return key;
}

}  // namespace relayauth::certificate
