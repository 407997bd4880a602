#include "relayauth/net/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <utility>

namespace relayauth::net {
namespace {

using x509_ptr = std::unique_ptr<X509, decltype(&X509_free)>;

std::string last_error(std::string what) {
    const auto code = ERR_peek_last_error();
    const char* reason = code != 0 ? ERR_reason_error_string(code) : nullptr;
    if (reason != nullptr) what += std::string(": ") + reason;
    ERR_clear_error();
    return what;
}

x509_ptr read_certificate(const std::vector<std::uint8_t>& der) {
    const auto* at = der.data();
    return {d2i_X509(nullptr, &at, static_cast<long>(der.size())), &X509_free};
}

std::string use_identity(SSL_CTX* context, const tls_identity& identity) {
    for (std::size_t i = 0; i < identity.chain_der.size(); ++i) {
        const auto certificate = read_certificate(identity.chain_der[i]);
        if (!certificate) return last_error("the TLS certificate cannot be read");
        const bool used = i == 0 ? SSL_CTX_use_certificate(context, certificate.get()) == 1
                                 : SSL_CTX_add1_chain_cert(context, certificate.get()) == 1;
        if (!used) {
            return last_error(
                "OpenSSL does not take this certificate for TLS (give another one with "
                "--tls-certificate and --tls-key)");
        }
    }
    const auto key_der = identity.private_key_der.reveal();
    const auto* at = key_der.data();
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(key_der.size())), &EVP_PKEY_free);
    if (!key || SSL_CTX_use_PrivateKey(context, key.get()) != 1) {
        return last_error(
            "OpenSSL does not take this private key for TLS (give another one with "
            "--tls-certificate and --tls-key)");
    }
    return {};
}

// A client's chain of RSA certificates takes about 6 KiB; OpenSSL would buffer 100.
constexpr long max_client_chain_bytes = 32 * 1024;

void set_policy(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    // AES-128 first: as good for what lives for hours, and a handshake derives a dozen keys with
    // the suite's hash, SHA-256 by the processor's own instructions, where the suite of AES-256
    // brings SHA-384. CBC suites stay for Windows Server 2012 R2, which has no ECDHE-RSA with GCM.
    SSL_CTX_set_ciphersuites(
        context, "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256");
    SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM+AES128:ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE+AES");
    SSL_CTX_set_options(
        context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    // An idle connection keeps no record buffers. Resumption is by tickets, so nothing is cached;
    // ask_for_certificate takes the tickets away.
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_max_cert_list(context, max_client_chain_bytes);
}

}  // namespace

void tls_context::freed::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

result<std::shared_ptr<const tls_context>, std::string> tls_context::create(
    const tls_identity& identity, const client_authorities& authorities) {
    auto* native = SSL_CTX_new(TLS_server_method());
    if (native == nullptr) return last_error("OpenSSL cannot make a TLS context");
    std::shared_ptr<const tls_context> made(new tls_context(native));
    set_policy(native);
    if (auto problem = use_identity(native, identity); !problem.empty()) return problem;
    if (auto problem = ask_for_certificate(native, authorities); !problem.empty()) return problem;
    return made;
}

}  // namespace relayauth::net
