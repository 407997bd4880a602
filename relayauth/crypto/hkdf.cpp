#include "relayauth/crypto/hkdf.hpp"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <array>
#include <memory>

namespace relayauth::crypto {

secret hkdf_sha256(const secret& key_material, bytes_view info, std::size_t size) {
    const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(
        EVP_KDF_fetch(nullptr, "HKDF", nullptr), &EVP_KDF_free);
    if (!kdf) return {};
    const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(
        EVP_KDF_CTX_new(kdf.get()), &EVP_KDF_CTX_free);
    if (!context) return {};
    // OpenSSL takes its parameters without const but does not write to them.
    char digest[] = "SHA256";
    auto* key = const_cast<std::uint8_t*>(key_material.reveal().data());
    auto* context_info = const_cast<std::uint8_t*>(info.data());
    const std::array<OSSL_PARAM, 4> parameters = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key, key_material.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, context_info, info.size()),
        OSSL_PARAM_construct_end(),
    };
    secret derived(size);
    const auto out = derived.reveal_for_writing();
    if (EVP_KDF_derive(context.get(), out.data(), out.size(), parameters.data()) != 1) return {};
    return derived;
}

}  // namespace relayauth::crypto
