#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/result.hpp"
#include "relayauth/base/secret.hpp"
#include "relayauth/certificate/errc.hpp"
#include "relayauth/certificate/handles.hpp"

#include <string_view>

struct ossl_lib_ctx_st;
struct ossl_provider_st;

// Used inside the room only: what a password opens.
namespace relayauth::certificate {

// old_ciphers is a context of OpenSSL that also knows RC2, DES and the like, which exports of the
// years before 2022 are locked with. It is a context of its own so that TLS never meets them.
// Nothing that it made may outlive it: write it out and read it again outside.
class old_ciphers {
public:
    old_ciphers();
    ~old_ciphers();
    old_ciphers(const old_ciphers&) = delete;
    old_ciphers& operator=(const old_ciphers&) = delete;

    ossl_lib_ctx_st* context() const { return context_; }  // null if OpenSSL is out of memory
    bool complete() const { return legacy_ != nullptr; }   // false: the legacy provider is missing

private:
    ossl_lib_ctx_st* context_;
    ossl_provider_st* default_;
    ossl_provider_st* legacy_;
};

// A password is hashed this often at most; usual counts go up to 1 million, and OpenSSL does about
// 3 million a second.
inline constexpr long max_iterations = 10'000'000;

// asks_too_many_iterations looks for the parameters of password-based encryption (RFC 8018) in DER
// and tells whether one asks for more than max_iterations.
bool asks_too_many_iterations(bytes_view der);

// The failures of locked things. why_locked reads OpenSSL's error queue to tell a cipher that is
// not there from a wrong password.
failure too_many_iterations(std::string_view role);
failure password_failure(const secret* password, std::string_view role);
failure why_locked(const secret* password, bool old_ciphers_complete, std::string_view role);

// terminated copies a password with a zero octet after it, as some of OpenSSL's calls want it.
secret terminated(const secret* password);

// open_pkcs8 opens EncryptedPrivateKeyInfo DER (RFC 5958 section 3).
result<key_ptr, failure> open_pkcs8(bytes_view der, const secret* password, std::string_view role);

}  // namespace relayauth::certificate
