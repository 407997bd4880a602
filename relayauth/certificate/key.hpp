#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/result.hpp"
#include "relayauth/base/secret.hpp"
#include "relayauth/certificate/errc.hpp"
#include "relayauth/certificate/handles.hpp"

#include <string>
#include <string_view>

// Used inside the room only: one key, whatever file it came from.
namespace relayauth::certificate {

// key_from_pkcs8 reads PrivateKeyInfo DER (RFC 5958); null if it is none or of an unknown type.
key_ptr key_from_pkcs8(bytes_view der);

// pkcs8_of writes PrivateKeyInfo DER; empty if OpenSSL could not.
secret pkcs8_of(const evp_pkey_st* key);

// key_type_text is facts::key_type for a public or private key; null: `unknown`.
std::string key_type_text(const evp_pkey_st* key);

// key_id_of is the first 8 hex digits of SHA-256(SubjectPublicKeyInfo), with the curve's name and
// an uncompressed point where there is a curve, so that a key has one id in whatever form it came.
std::string key_id_of(const evp_pkey_st* key);

// key_material gives the input keying material of design 3. `role` begins the text of a failure.
// Fails with errc unsupported_key_type, rsa_pss_key, rsa_key_too_short, rsa_key_too_long,
// key_contradicts_itself, crypto_unavailable.
result<secret, failure> key_material(evp_pkey_st* key, std::string_view role);

// derive_key is HKDF-SHA-256 of `material`, info = `relayauth v1 ` + purpose, 32 octets.
secret derive_key(const secret& material, std::string_view purpose);

}  // namespace relayauth::certificate
