#pragma once

#include "relayauth/client/connect_settings.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

struct ssl_ctx_st;
struct ssl_session_st;
struct ssl_st;

namespace relayauth::load {

struct freed_ssl {
    void operator()(ssl_st* ssl) const;
    void operator()(ssl_session_st* session) const;
};
using ssl_session = std::unique_ptr<ssl_session_st, freed_ssl>;

// link is one non-blocking socket to the server, with TLS on it if wanted. Nothing here waits: the
// caller asks the kernel for wanted_events() and comes back. One thread.
class link {
public:
    enum class state { none, connecting, handshaking, ready, ended };
    // Why it ended.
    enum class end {
        none,
        connect_failed,
        out_of_ports,
        handshake_failed,
        closed,  // by the server, in order
        reset,
    };

    link() = default;
    link(const link&) = delete;
    link& operator=(const link&) = delete;
    ~link() { close(); }

    // open begins to connect; `tls` null: plain TCP. `ticket` resumes a session, if it is one.
    // What it is given must outlive the link. On failure now() is ended.
    void open(const boost::asio::ip::tcp::endpoint& to, ssl_ctx_st* tls,
              const client::connect_settings& settings, ssl_session_st* ticket);

    // advance continues connecting and the handshake after an event.
    void advance();

    // write sends what the socket takes: the number of octets, 0 if none now, or if it ended.
    std::size_t write(std::string_view octets);
    // read gives the number of octets, 0 if there are none now, or if it ended.
    std::size_t read(std::span<char> into);
    // Whether TLS holds octets that were received but not read: no event will tell of them.
    bool has_more() const;

    // close ends it from this side: a close_notify if TLS is up, and the socket is gone.
    void close();

    state now() const { return state_; }
    end why() const { return why_; }
    int descriptor() const { return descriptor_; }
    std::uint32_t wanted_events() const;
    bool was_resumed() const;
    // The session, ticket included, for a later open(); null without one.
    ssl_session take_ticket() const;

private:
    void begin_handshake();
    void fail(end why);
    void fail_with(int error);
    int tls_outcome(int returned);

    int descriptor_ = -1;
    state state_ = state::none;
    end why_ = end::none;
    bool wants_write_ = false;
    ssl_ctx_st* context_ = nullptr;
    ssl_session_st* ticket_ = nullptr;
    const client::connect_settings* settings_ = nullptr;
    std::unique_ptr<ssl_st, freed_ssl> ssl_;
};

}  // namespace relayauth::load
