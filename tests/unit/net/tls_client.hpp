#pragma once

#include "relayauth/net/tls_engine.hpp"

#include <openssl/ssl.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace relayauth::net {

// tls_client is OpenSSL's own client over memory, the other end of the engine.
class tls_client {
public:
    explicit tls_client(int newest = 0, const char* ciphers = nullptr)
        : context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free) {
        SSL_CTX_set_security_level(context_.get(), 0);
        if (newest != 0) {
            SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
            SSL_CTX_set_max_proto_version(context_.get(), newest);
        }
        if (ciphers != nullptr) SSL_CTX_set_cipher_list(context_.get(), ciphers);
        ssl_.reset(SSL_new(context_.get()));
        in_ = BIO_new(BIO_s_mem());
        out_ = BIO_new(BIO_s_mem());
        SSL_set_bio(ssl_.get(), in_, out_);
        SSL_set_connect_state(ssl_.get());
    }
    // show makes it present a certificate, with an issuer if there is one; resume makes it offer a
    // session. Both before the first handshake().
    void show(X509* leaf, EVP_PKEY* key, X509* issuer) {
        SSL_use_certificate(ssl_.get(), leaf);
        SSL_use_PrivateKey(ssl_.get(), key);
        if (issuer != nullptr) SSL_add1_chain_cert(ssl_.get(), issuer);
    }
    void resume(SSL_SESSION* session) { SSL_set_session(ssl_.get(), session); }
    // session is what it could resume later; TLS 1.3 needs a read() first.
    std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)> session() {
        return {SSL_get1_session(ssl_.get()), &SSL_SESSION_free};
    }
    // How many authorities the server named when it asked for a certificate.
    int named_authorities() { return sk_X509_NAME_num(SSL_get0_peer_CA_list(ssl_.get())); }
    bool has_resumed() { return SSL_session_reused(ssl_.get()) == 1; }
    void take(std::string_view wire) { BIO_write(in_, wire.data(), static_cast<int>(wire.size())); }
    std::string give() {
        std::string wire(BIO_ctrl_pending(out_), '\0');
        if (!wire.empty()) BIO_read(out_, wire.data(), static_cast<int>(wire.size()));
        return wire;
    }
    bool handshake() { return SSL_do_handshake(ssl_.get()) == 1; }
    void write(std::string_view text) {
        SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size()));
    }
    std::string read() {
        std::array<char, 40'000> text;
        std::string all;
        for (int n; (n = SSL_read(ssl_.get(), text.data(), text.size())) > 0;) {
            all.append(text.data(), static_cast<std::size_t>(n));
        }
        return all;
    }
    bool got_close_notify() { return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }
    void close() { SSL_shutdown(ssl_.get()); }

private:
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, &SSL_free};
    BIO* in_ = nullptr;
    BIO* out_ = nullptr;
};

// feed hands `wire` to the engine in pieces and gives back the plain text.
inline std::string feed(tls_engine& engine, std::string_view wire, std::string& answer,
                        std::size_t piece = 1 << 20) {
    std::string plain;
    std::array<char, 20'000> buffer;
    while (!wire.empty()) {
        const auto now = wire.substr(0, piece);
        wire.remove_prefix(now.size());
        engine.receive(now, answer);
        while (const auto count = engine.read(buffer, answer)) plain.append(buffer.data(), count);
    }
    return plain;
}

inline void shake_hands(tls_client& client, tls_engine& engine, std::size_t piece = 1 << 20) {
    for (int flight = 0; flight < 4; ++flight) {
        client.handshake();
        std::string answer;
        feed(engine, client.give(), answer, piece);
        client.take(answer);
    }
}

}  // namespace relayauth::net
