#include "relayauth/certificate/key.hpp"

#include "relayauth/base/hex.hpp"
#include "relayauth/crypto/hkdf.hpp"
#include "relayauth/crypto/sha256.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <optional>
#include <vector>

namespace relayauth::certificate {
namespace {

// What is signed. 16 octets: too short to be anything that TLS ever signs.
constexpr std::string_view label = "relayauth key v1";

constexpr int shortest_rsa_bits = 1024;
constexpr int longest_rsa_bits = 16384;  // as OpenSSL's own limit on public keys

using digest_context = handle<EVP_MD_CTX, EVP_MD_CTX_free>;

std::string group_of(const EVP_PKEY* key) {
    char name[64];
    std::size_t size = 0;
    if (EVP_PKEY_get_group_name(key, name, sizeof name, &size) != 1) return {};
    return {name, size};
}

// Ed25519 and Ed448 hash for themselves, so they are given no digest.
const EVP_MD* digest_for(int type) {
    return type == EVP_PKEY_RSA ? EVP_sha256() : nullptr;
}

bool verifies(EVP_PKEY* key, int type, bytes_view signature) {
    const digest_context context(EVP_MD_CTX_new());
    const auto text = as_bytes(label);
    return context &&
           EVP_DigestVerifyInit(context.get(), nullptr, digest_for(type), nullptr, key) == 1 &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(), text.data(),
                            text.size()) == 1;
}

// sign_label gives an empty secret when it cannot sign. RSASSA-PKCS1-v1_5 (RFC 8017 8.2) is
// OpenSSL's default for RSA and has no randomness; nor has EdDSA (RFC 8032 5.1.6).
secret sign_label(EVP_PKEY* key, int type) {
    const digest_context context(EVP_MD_CTX_new());
    const auto text = as_bytes(label);
    std::size_t size = 0;
    if (!context ||
        EVP_DigestSignInit(context.get(), nullptr, digest_for(type), nullptr, key) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, text.data(), text.size()) != 1) {
        return {};
    }
    secret signature(size);
    if (EVP_DigestSign(context.get(), signature.reveal_for_writing().data(), &size, text.data(),
                       text.size()) != 1 ||
        size != signature.size()) {
        return {};
    }
    return signature;
}

// scalar_of is the private scalar in ceil(order bits / 8) octets; a number has no leading zeros,
// so it is padded here.
secret scalar_of(const EVP_PKEY* key) {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &number) != 1) return {};
    const handle<BIGNUM, BN_clear_free> scalar(number);
    secret octets(static_cast<std::size_t>(EVP_PKEY_get_bits(key) + 7) / 8);
    const int size = static_cast<int>(octets.size());
    if (BN_bn2binpad(scalar.get(), octets.reveal_for_writing().data(), size) != size) return {};
    return octets;
}

bool halves_agree(EVP_PKEY* key) {
    const handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(
        EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    return context && EVP_PKEY_check(context.get()) == 1;
}

std::optional<failure> why_unsuitable(const EVP_PKEY* key, int type, const std::string& role) {
    if (type == EVP_PKEY_RSA_PSS) {
        return failure{errc::rsa_pss_key,
                       role +
                           ": a key of type id-RSASSA-PSS makes random signatures, so nothing can "
                           "be derived from it; use an rsaEncryption, EC or Ed25519 key"};
    }
    const int bits = EVP_PKEY_get_bits(key);
    if (type == EVP_PKEY_RSA && bits < shortest_rsa_bits) {
        return failure{errc::rsa_key_too_short, role + ": the RSA key has only " +
                                                    std::to_string(bits) +
                                                    " bits; use one of 2048 or more"};
    }
    if (type == EVP_PKEY_RSA && bits > longest_rsa_bits) {
        return failure{errc::rsa_key_too_long, role + ": the RSA key has " + std::to_string(bits) +
                                                   " bits; use one of at most 16384"};
    }
    const auto name = key_type_text(key);
    if (type == EVP_PKEY_RSA || type == EVP_PKEY_ED25519 || type == EVP_PKEY_ED448 ||
        name == "EC P-256" || name == "EC P-384" || name == "EC P-521") {
        return std::nullopt;
    }
    return failure{errc::unsupported_key_type,
                   role + ": a key of type " + name +
                       " is not used; use RSA, EC P-256, P-384 or P-521, Ed25519 or Ed448"};
}

failure contradiction(const std::string& role) {
    return {errc::key_contradicts_itself,
            role +
                ": the private key does not belong to the public key stored beside it; the file is "
                "damaged, export the key again"};
}

}  // namespace

key_ptr key_from_pkcs8(bytes_view der) {
    const auto* at = der.data();
    const handle<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free> plain(
        d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
    return key_ptr(plain ? EVP_PKCS82PKEY(plain.get()) : nullptr);
}

secret pkcs8_of(const evp_pkey_st* key) {
    const handle<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free> plain(EVP_PKEY2PKCS8(key));
    const int size = plain ? i2d_PKCS8_PRIV_KEY_INFO(plain.get(), nullptr) : 0;
    if (size <= 0) return {};
    secret der(static_cast<std::size_t>(size));
    auto* at = der.reveal_for_writing().data();
    if (i2d_PKCS8_PRIV_KEY_INFO(plain.get(), &at) != size) return {};
    return der;
}

std::string key_type_text(const evp_pkey_st* key) {
    if (!key) return "unknown";
    switch (EVP_PKEY_get_base_id(key)) {
        case EVP_PKEY_RSA:
            return "RSA";
        case EVP_PKEY_ED25519:
            return "Ed25519";
        case EVP_PKEY_ED448:
            return "Ed448";
        case EVP_PKEY_EC: {
            const auto group = group_of(key);
            if (group == "prime256v1" || group == "P-256") return "EC P-256";
            if (group == "secp384r1" || group == "P-384") return "EC P-384";
            if (group == "secp521r1" || group == "P-521") return "EC P-521";
            return group.empty() ? "EC with its own curve" : "EC " + group;
        }
        default: {
            const char* name = EVP_PKEY_get0_type_name(key);
            return name ? name : "unknown";
        }
    }
}

std::string key_id_of(const evp_pkey_st* key) {
    const key_ptr copy(EVP_PKEY_dup(const_cast<EVP_PKEY*>(key)));
    if (!copy) return {};
    if (EVP_PKEY_get_base_id(copy.get()) == EVP_PKEY_EC) {
        EVP_PKEY_set_utf8_string_param(copy.get(), OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                       OSSL_PKEY_EC_POINT_CONVERSION_FORMAT_UNCOMPRESSED);
        EVP_PKEY_set_utf8_string_param(copy.get(), OSSL_PKEY_PARAM_EC_ENCODING,
                                       OSSL_PKEY_EC_ENCODING_GROUP);
    }
    const int size = i2d_PUBKEY(copy.get(), nullptr);
    if (size <= 0) return {};
    std::vector<std::uint8_t> der(static_cast<std::size_t>(size));
    auto* at = der.data();
    i2d_PUBKEY(copy.get(), &at);
    return to_hex(bytes_view(crypto::sha256(der)).first(4));
}

result<secret, failure> key_material(evp_pkey_st* key, std::string_view role) {
    const std::string subject(role);
    const int type = EVP_PKEY_get_base_id(key);
    if (auto unsuitable = why_unsuitable(key, type, subject)) return *std::move(unsuitable);
    // EC material is the scalar, an ECDSA signature being different each time.
    if (type == EVP_PKEY_EC && !halves_agree(key)) return contradiction(subject);
    secret material = type == EVP_PKEY_EC ? scalar_of(key) : sign_label(key, type);
    if (type != EVP_PKEY_EC && !material.empty() && !verifies(key, type, material.reveal())) {
        return contradiction(subject);
    }
    if (material.empty() || derive_key(material, {}).empty()) {
        return failure{errc::crypto_unavailable,
                       subject +
                           ": OpenSSL cannot compute with this key; check that the key is "
                           "sound and that OpenSSL's default provider is installed"};
    }
    return material;
}

secret derive_key(const secret& material, std::string_view purpose) {
    const std::string info = "relayauth v1 " + std::string(purpose);
    return crypto::hkdf_sha256(material, as_bytes(info), 32);
}

}  // namespace relayauth::certificate
