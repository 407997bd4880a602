#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/result.hpp"
#include "relayauth/base/secret.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/certificate/errc.hpp"

#include <string>
#include <vector>

namespace relayauth::certificate {

// facts is what a certificate says. Only key_id, the dates and the key decide anything; the names
// are for people. All text is well-formed UTF-8 without control characters.
struct facts {
    std::string
        subject;  // `CN=a,O=b` in the certificate's own order (RFC 4514's escapes); may be empty
    std::string issuer;              // likewise
    std::vector<std::string> names;  // subjectAltName, `DNS:a`, `IP:192.0.2.1`; RFC 5280 4.2.1.6
    wall_time not_before;            // the first second it is valid
    wall_time not_after;             // the last second it is valid (RFC 5280 4.1.2.5: inclusive)
    std::string key_type;  // `RSA`, `EC P-256`, `EC P-384`, `EC P-521`, `Ed25519`, `Ed448`; else
                           // OpenSSL's word
    unsigned key_bits = 0;
    std::string key_id;                  // first 8 hex digits of SHA-256(SubjectPublicKeyInfo)
    std::vector<std::string> key_usage;  // `digitalSignature`; RFC 5280 4.2.1.3
    std::vector<std::string> extended_key_usage;  // `serverAuth` or a dotted OID; RFC 5280 4.2.1.12
    bool self_signed = false;                     // its own key has signed it
};

// read_facts reads PEM or PFX octets and tells about one certificate of them: the one that matches
// a private key in the file, else the one that issued no other. A key is not needed, and a locked
// key in PEM does no harm. `password` opens a PFX; empty: none. Any key type is described.
// Fails with errc too_large, not_pem_or_pfx, der_encoding, damaged, no_certificate, and for a PFX
// password_needed, wrong_password, unsupported_encryption, too_many_iterations, crypto_unavailable.
// Keeps no view of its arguments, reads no file and asks no terminal. Safe from any thread.
result<facts, failure> read_facts(bytes_view file, const secret& password);

}  // namespace relayauth::certificate
