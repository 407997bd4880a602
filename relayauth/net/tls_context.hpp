#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/secret.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
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
    // create fails with one line for people: the key is too weak for OpenSSL, the client CA file
    // has no certificate. With a non-empty `client_ca_pem` every client must present a certificate
    // that chains to it; one for serverAuth only is accepted, since Front Ends have those.
    static result<std::shared_ptr<const tls_context>, std::string> create(
        const tls_identity& identity, std::string_view client_ca_pem);

    ssl_ctx_st* native() const { return context_.get(); }

private:
    struct freed {
        void operator()(ssl_ctx_st* context) const;
    };
    explicit tls_context(ssl_ctx_st* context) : context_(context) {}
    std::unique_ptr<ssl_ctx_st, freed> context_;
};

}  // namespace relayauth::net
