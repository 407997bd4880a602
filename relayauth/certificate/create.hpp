#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/secret.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/certificate/errc.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace relayauth::certificate {

enum class key_kind { rsa2048, p256, ed25519 };

// create_request describes a self-signed certificate for a lab.
struct create_request {
    // `CN=a,O=b` (RFC 4514's escapes, but in the order of the certificate), OpenSSL's `/CN=a/O=b`,
    // or nothing. UTF-8.
    std::string subject;
    // DNS names and IP addresses for subjectAltName, beside the common name where that looks like
    // a DNS name.
    std::vector<std::string> dns_names;
    key_kind kind = key_kind::rsa2048;
    std::chrono::days valid_for{365};
    // RFC 5280's words, `digitalSignature`; empty: what suits the kind of key.
    std::vector<std::string> key_usage;
    // `serverAuth`, or a dotted OID; empty: the certificate has no such extension.
    std::vector<std::string> extended_key_usage = {"serverAuth", "clientAuth"};
    // A private key in PKCS#8 DER to certify again instead of a new one (`kind` is then unused);
    // must live until create returns.
    const secret* existing_key = nullptr;
};

struct created {
    std::string certificate_pem;
    secret private_key_pem;  // PKCS#8 without a password
};

// create makes a certificate that is valid from one hour before `now`, so that a peer whose clock
// is a little slow takes it, until `now` + valid_for, at most the end of 9999.
// Fails with errc not_a_name, not_a_usage, not_a_lifetime, damaged or an unsuitable key
// (existing_key), crypto_unavailable. Draws random octets; reads no clock. Safe from any thread.
result<created, failure> create(const create_request& request, wall_time now);

}  // namespace relayauth::certificate
