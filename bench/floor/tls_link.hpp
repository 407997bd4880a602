#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct ssl_ctx_st;
struct ssl_st;

namespace relayauth::floor {

// tls_settings are one certificate with its key, and otherwise what OpenSSL does by itself.
class tls_settings {
public:
    // Both are PEM files. ok() tells whether OpenSSL took them.
    tls_settings(const std::string& certificate, const std::string& key);
    bool ok() const { return context_ != nullptr; }
    ssl_ctx_st* native() const { return context_.get(); }

private:
    struct freed {
        void operator()(ssl_ctx_st* context) const;
    };
    std::unique_ptr<ssl_ctx_st, freed> context_;
};

// tls_link is the TLS of one connection, without its socket: so one read and one write of the
// socket serve as many records as there are.
class tls_link {
public:
    explicit tls_link(const tls_settings& settings);
    tls_link(const tls_link&) = delete;
    tls_link& operator=(const tls_link&) = delete;
    ~tls_link();

    // receive takes what was read; it is gone after the last read() of it.
    void receive(std::string_view ciphertext, std::string& wire) {
        input_ = ciphertext;
        wire_ = &wire;
    }
    // read decrypts into `plain`: the number of octets, 0 if more has to come, -1 if it is over.
    // What the handshake has to say is appended to the `wire` of receive().
    long read(std::span<char> plain);
    bool write(std::string_view plain);

private:
    friend struct link_bio;
    ssl_st* ssl_;
    std::string_view input_;
    std::string* wire_ = nullptr;
};

}  // namespace relayauth::floor
