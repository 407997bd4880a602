#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/result.hpp"
#include "relayauth/base/secret.hpp"
#include "relayauth/certificate/errc.hpp"
#include "relayauth/certificate/facts.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::certificate {

// identity_source is what was read from disk; the views must live until parse returns.
struct identity_source {
    bytes_view certificate;            // PEM (also a chain, in any order) or PFX
    bytes_view key;                    // PEM or PFX; empty: the key is in `certificate`
    const secret* password = nullptr;  // opens what is locked in either; null: there is none
};

// identity is a certificate with its private key and the key material that comes from the private
// key alone: the same key gives the same material under any subject and issuer and in any file
// form, another key never does. How, is in certs/README.md; certs/derive does it a second time.
// Move-only. All members are safe from any thread at once.
class identity {
public:
    // parse reads PEM (PKCS#1, PKCS#8, EC PRIVATE KEY, locked either way) or PFX (old RC2 and 3DES
    // exports too). The certificate is the first that matches a key. Fails with any errc that is
    // not create's; dates are not looked at. Never asks the terminal for a password.
    static result<identity, failure> parse(const identity_source& source);

    // about tells of the certificate; valid as long as this identity.
    const facts& about() const { return about_; }

    // derive gives 32 octets for `purpose` (any octets, also NUL): HKDF-SHA-256 of the key
    // material, empty salt, info = `relayauth v1 ` + purpose. Empty only if OpenSSL is out of
    // memory: parse has tried it once.
    secret derive(std::string_view purpose) const;

    // warnings are lines for the operator about a key that works but is weak; usually none.
    std::vector<std::string> warnings() const;

    // chain_der is the certificate and then its issuers as far as the file has them, each in DER.
    std::vector<std::vector<std::uint8_t>> chain_der() const { return chain_; }

    // private_key_der is the key as PKCS#8 (RFC 5958) without a password, for the TLS listener.
    secret private_key_der() const { return private_key_.clone(); }

private:
    identity() = default;

    facts about_;
    secret material_;  // the input keying material, made once
    secret private_key_;
    std::vector<std::vector<std::uint8_t>> chain_;
};

// A longer file is refused before it is parsed; a chain with its key takes about 10 KiB.
inline constexpr std::size_t max_file_bytes = 1024 * 1024;

}  // namespace relayauth::certificate
