#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/secret.hpp"
#include "relayauth/net/client_certificate.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct ssl_ctx_st;

namespace relayauth::net {

// tls_identity is what a listener presents.
struct tls_identity {
    std::vector<std::vector<std::uint8_t>> chain_der;  // leaf first
    secret private_key_der;                            // PKCS#8
};

// tls_context is the server's side of TLS 1.2 and 1.3, ECDHE suites only. Immutable once made,
// shared by all workers; connections keep the one they began with.
class tls_context {
public:
    // create fails with one line for people: the key is too weak for OpenSSL, or, beginning with
    // `--client-ca` or `--relay-ca`, that this file has no certificate, or one that cannot be read
    // or used. Which clients must present one, and which pass: see ask_for_certificate. Sessions
    // can be resumed only if it asks for none. The arguments are not kept.
    static result<std::shared_ptr<const tls_context>, std::string> create(
        const tls_identity& identity, const client_authorities& authorities);

    ssl_ctx_st* native() const { return context_.get(); }

private:
    struct freed {
        void operator()(ssl_ctx_st* context) const;
    };
    explicit tls_context(ssl_ctx_st* context) : context_(context) {}
    std::unique_ptr<ssl_ctx_st, freed> context_;
};

}  // namespace relayauth::net
