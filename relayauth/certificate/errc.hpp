#pragma once

#include <string>

namespace relayauth::certificate {

// errc says what is wrong with a certificate, a key, or a wish for a new one.
enum class errc {
    too_large,       // over max_file_bytes, or more certificates or keys than any real file holds
    not_pem_or_pfx,  // nothing in it that we know; an empty file too
    der_encoding,    // a bare DER certificate or key: the text says how to convert it
    damaged,         // it begins well and then does not parse
    no_certificate,
    no_private_key,
    password_needed,
    wrong_password,
    key_of_another_certificate,
    key_contradicts_itself,  // the private half does not belong to the public half in the same file
    not_a_name,              // create: a subject or DNS name that cannot be encoded
    not_a_usage,             // create: a key usage OpenSSL does not know
    not_a_lifetime,          // create: less than a day

    // Refused by policy.
    unsupported_key_type,    // other than RSA, EC P-256/384/521, Ed25519, Ed448
    rsa_pss_key,             // its signatures are random, so nothing can be derived from them
    rsa_key_too_short,       // under 1024 bits
    rsa_key_too_long,        // over 16384 bits: one signature would take minutes
    unsupported_encryption,  // of the private key or the PFX
    too_many_iterations,     // of the password's derivation: opening it would take minutes

    crypto_unavailable,  // OpenSSL could not do what it always can, or its legacy provider is
                         // missing
};

// failure is the reason and one plain line for people: what is wrong and what to do next, with
// `certificate file` or `key file` as its subject. It never holds octets of a key or a password.
struct failure {
    errc why;
    std::string text;
};

}  // namespace relayauth::certificate
