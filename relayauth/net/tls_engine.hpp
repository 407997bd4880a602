#pragma once

#include "relayauth/base/result.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct ssl_st;

namespace relayauth::net {

class tls_context;

// tls_engine is the server's end of one TLS connection, without its socket: ciphertext in, plain
// text out, and the other way round. OpenSSL reads from and writes to the caller's buffers through
// a BIO of our own, so an idle connection holds no I/O buffer at all (an Asio ssl::stream keeps
// about 34 KiB of them). One thread at a time.
class tls_engine {
public:
    // `context` is kept alive by OpenSSL's own count.
    explicit tls_engine(const tls_context& context);
    ~tls_engine();
    tls_engine(const tls_engine&) = delete;
    tls_engine& operator=(const tls_engine&) = delete;

    enum class state { handshaking, open, closed_by_peer, failed };

    // receive gives the engine what was read. `ciphertext` must stay until read() returned 0, and
    // handshake messages and alerts are appended to `wire`.
    void receive(std::span<const char> ciphertext, std::string& wire);

    // read continues the handshake, then decrypts into `plain`: the number of octets, 0 when all
    // that was received is used up or status() changed.
    std::size_t read(std::span<char> plain, std::string& wire);

    // write encrypts `plain` onto `wire`; nothing unless open, or closed by the peer, which ends
    // the other direction only.
    void write(std::string_view plain, std::string& wire);

    // close appends our close_notify alert.
    void close(std::string& wire);

    // Whether OpenSSL keeps the beginning of a record, or of a handshake message, for its rest.
    bool holds_partial_record() const;

    state status() const { return state_; }
    // Why it failed, in words for the log.
    const std::string& failure() const { return failure_; }
    // What was agreed, `TLSv1.3 TLS_AES_128_GCM_SHA256`.
    std::string description() const;
    // Once open: whether the client has a certificate that chains to --client-ca, and one that
    // chains to --relay-ca; one certificate may do both.
    bool has_certificate() const;
    bool is_relay() const;
    // The DNS names and common name of the client's certificate. Believe them only if it chains to
    // either.
    std::vector<std::string> certificate_names() const;

private:
    friend struct engine_bio;
    void fail();

    struct freed {
        void operator()(ssl_st* ssl) const;
    };
    std::unique_ptr<ssl_st, freed> ssl_;
    std::span<const char> input_;
    std::string* wire_ = nullptr;
    state state_ = state::handshaking;
    std::string failure_;
};

}  // namespace relayauth::net
