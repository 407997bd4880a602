#pragma once

#include "descriptor.hpp"
#include "stream.hpp"
#include "tcp_stream.hpp"

#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_st;

namespace relayauth::lab {

// tls_settings are what a client offers. It never checks the server's certificate.
struct tls_settings {
    enum class version { tls_1_1, tls_1_2, tls_1_3 };
    version newest = version::tls_1_3;
    std::string certificate;  // PEM files; empty: none is shown
    std::string key;
};

// tls_stream is a TLS connection over OpenSSL's own client.
class tls_stream final : public stream {
public:
    // Connects and does the handshake, for as long as `within`; established() tells how it went.
    explicit tls_stream(const place& where, const tls_settings& settings = {},
                        std::chrono::milliseconds within = patience);
    ~tls_stream() override;

    bool established() const { return established_; }
    // failure is OpenSSL's word for what ended the connection, an alert of the server's for one.
    // TLS 1.3 refuses a client's certificate after the handshake: then receive() brings it.
    const std::string& failure() const { return failure_; }
    // said_goodbye: the server closed with close_notify (RFC 8446 6.1), not just the socket.
    bool said_goodbye() const { return said_goodbye_; }

    bool send(std::string_view octets) override;
    outcome receive(std::string& into, std::chrono::milliseconds within) override;
    void half_close() override;
    std::uint16_t local_port() const override { return local_port_of_socket_; }

private:
    // wait waits for what the last call of OpenSSL wants; false when it wants nothing, or not in
    // time.
    bool wait(int done, const stopwatch& running, std::chrono::milliseconds within);

    struct freed {
        void operator()(ssl_ctx_st* context) const;
        void operator()(ssl_st* ssl) const;
    };
    descriptor socket_;
    std::unique_ptr<ssl_ctx_st, freed> context_;
    std::unique_ptr<ssl_st, freed> ssl_;
    std::uint16_t local_port_of_socket_ = 0;
    bool established_ = false;
    bool said_goodbye_ = false;
    bool time_up_ = false;
    std::string failure_;
};

}  // namespace relayauth::lab
