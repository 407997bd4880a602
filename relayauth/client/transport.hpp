#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/result.hpp"
#include "relayauth/client/connect_settings.hpp"
#include "relayauth/client/failure.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace relayauth::client {

// tls_session is what the handshake of a connection agreed on.
struct tls_session {
    std::string version;      // `TLSv1.3`
    std::string cipher;       // OpenSSL's name of it
    std::string certificate;  // the server's own, PEM; checked by nobody unless --ca was given
};

// transport is one TCP or TLS connection to a server, used by one thread that waits; every step has
// a deadline. Move-only. After a failure only destroying it is left.
class transport {
public:
    // connect resolves the name, connects to the first address that answers, and does the TLS
    // handshake. Fails with a line that says what to do next, such as `nothing listens on
    // 127.0.0.1:5062: is the server running?`.
    static result<transport, failure> connect(const connect_settings& settings);

    transport(transport&&) noexcept;
    transport& operator=(transport&&) noexcept;
    ~transport();

    // expect_answer starts the time that the writes and reads from here on may take together.
    void expect_answer();

    // limit_answers changes the answer_timeout of the settings, from the next expect_answer on.
    void limit_answers(std::chrono::milliseconds each);

    // write sends all of `content`; nothing, or why it could not.
    std::optional<failure> write(bytes_view content);

    // read_some waits for octets and gives their number, at least 1. Fails when the server closes
    // the connection or the time is up.
    result<std::size_t, failure> read_some(std::span<std::uint8_t> into);

    // local_address is this end as `HOST:PORT`, for a Via header.
    std::string local_address() const;

    // remote_endpoint is the address that answered, of those that the server's name has.
    boost::asio::ip::tcp::endpoint remote_endpoint() const;

    // session tells of TLS; nothing on a connection without.
    std::optional<tls_session> session() const;

    const connect_settings& settings() const;

private:
    struct state;
    explicit transport(std::unique_ptr<state> made);
    std::unique_ptr<state> state_;
};

}  // namespace relayauth::client
