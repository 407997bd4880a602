#pragma once

#include "relayauth/base/mono_time.hpp"
#include "relayauth/net/guarded_clock.hpp"
#include "relayauth/net/read_wait.hpp"
#include "relayauth/net/tls_engine.hpp"
#include "relayauth/net/transport_event.hpp"
#include "relayauth/session/access.hpp"
#include "relayauth/session/connection.hpp"
#include "relayauth/session/peer.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace relayauth::net {

class worker;

// connection moves one socket's octets to and from its session, through TLS if the first octet says
// so. It waits for readiness and reads into the worker's buffer, so that an idle one holds none.
// Lives on its worker's thread only.
class connection : public std::enable_shared_from_this<connection> {
public:
    // `at` is which of our ports accepted `socket`.
    connection(worker& owner, boost::asio::ip::tcp::socket socket, session::listener at);
    ~connection();

    // `place` is its index in the worker's list.
    void start(std::size_t place);
    void check_deadline(mono_time now);
    void drain();

    std::size_t place() const { return place_; }
    void move_to(std::size_t place) { place_ = place; }

private:
    // held_answer is what a lab delays; nothing is read or answered before it is sent.
    struct held_answer {
        std::string bytes;
        bool needs_stamp;
        held_back decided;
        mono_time until;
        boost::asio::steady_timer timer;
    };
    enum class phase { first_octet, handshake, open, lingering, closed };

    void start_redis();
    void wait_readable();
    void wait_writable();
    void on_readable();
    void receive(std::span<char> octets);
    void receive_tls(std::span<char> octets);
    void on_handshake_done();
    void open_session();
    void feed_session(std::span<char> plain, const guarded_time& now);
    void finish_event();
    void send();
    void obey_lab();
    void release_held();
    void release_all_held();
    void flush_pending();
    bool has_backlog() const;
    void answer_backlog();
    void on_end_of_stream();
    void say_goodbye();
    void begin_close();
    void close();
    void tls_failed();
    void update_deadline(mono_time now);
    mono_time idle_deadline() const;
    bool is_trusted_relay() const;
    void account_memory();
    void report(transport_event::kind what, std::string_view detail = {});

    worker& owner_;
    boost::asio::ip::tcp::socket socket_;
    read_wait until_readable_;
    session::peer who_;
    std::unique_ptr<tls_engine> tls_;
    std::optional<session::connection> session_;
    std::string pending_;  // what the socket would not take yet
    std::size_t pending_sent_ = 0;
    std::unique_ptr<held_answer> held_;
    std::size_t accounted_ = 0;
    std::size_t place_ = 0;
    mono_time deadline_;
    mono_time last_progress_;
    mono_time read_at_;         // when the last octets came
    mono_time drain_deadline_;  // while draining
    session::listener listener_;
    session::standing rights_ = session::standing::not_allowed;
    phase phase_ = phase::first_octet;
    bool inside_message_ = false;
    bool progressed_ = false;   // a message ended since the deadline was looked at
    bool answered_ = false;     // since the last on_served
    bool over_memory_ = false;  // --max-memory was exceeded when the last octets came
    bool closing_ = false;      // close once everything is sent
    bool end_of_stream_ = false;
    bool reading_ = false;  // a wait for readability is under way
    bool drained_ = false;  // the last read left nothing in the socket
    bool writing_ = false;
};

}  // namespace relayauth::net
