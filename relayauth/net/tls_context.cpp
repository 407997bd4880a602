#include "relayauth/net/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

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

// Front Ends present certificates for serverAuth only; any other lone purpose stays refused.
int check_purpose(int chain_is_good, X509_STORE_CTX* store) {
    if (chain_is_good != 1 || X509_STORE_CTX_get_error_depth(store) != 0) return chain_is_good;
    auto* leaf = X509_STORE_CTX_get_current_cert(store);
    const auto usage =
        X509_get_extended_key_usage(leaf);  // all bits set when there is no such list
    if ((usage & (XKU_SSL_CLIENT | XKU_SSL_SERVER)) != 0) return 1;
    X509_STORE_CTX_set_error(store, X509_V_ERR_INVALID_PURPOSE);
    return 0;
}

std::string require_client_certificate(SSL_CTX* context, std::string_view client_ca_pem) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> input(
        BIO_new_mem_buf(client_ca_pem.data(), static_cast<int>(client_ca_pem.size())), &BIO_free);
    int count = 0;
    while (true) {
        const x509_ptr certificate(PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr),
                                   &X509_free);
        if (!certificate) break;
        if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate.get()) != 1) {
            return last_error("--client-ca: a certificate cannot be used");
        }
        SSL_CTX_add_client_CA(context, certificate.get());
        ++count;
    }
    ERR_clear_error();  // the end of the file is an error to OpenSSL
    if (count == 0) return "--client-ca: no certificate in the file (PEM is expected)";
    SSL_CTX_set_purpose(context, X509_PURPOSE_ANY);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, &check_purpose);
    return {};
}

// A client's chain of RSA certificates takes about 6 KiB; OpenSSL would buffer 100.
constexpr long max_client_chain_bytes = 32 * 1024;

void set_policy(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    // CBC suites stay for Windows Server 2012 R2, which has no ECDHE-RSA with GCM.
    SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE+AES");
    SSL_CTX_set_options(
        context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    // An idle connection keeps no record buffers; resumption is by tickets, so nothing is cached.
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_max_cert_list(context, max_client_chain_bytes);
    constexpr unsigned char session_context[] = "relayauth";
    SSL_CTX_set_session_id_context(context, session_context, sizeof session_context - 1);
}

}  // namespace

void tls_context::freed::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

result<std::shared_ptr<const tls_context>, std::string> tls_context::create(
    const tls_identity& identity, std::string_view client_ca_pem) {
    auto* native = SSL_CTX_new(TLS_server_method());
    if (native == nullptr) return last_error("OpenSSL cannot make a TLS context");
    std::shared_ptr<const tls_context> made(new tls_context(native));
    set_policy(native);
    if (auto problem = use_identity(native, identity); !problem.empty()) return problem;
    if (!client_ca_pem.empty()) {
        if (auto problem = require_client_certificate(native, client_ca_pem); !problem.empty()) {
            return problem;
        }
    }
    return made;
}

}  // namespace relayauth::net
