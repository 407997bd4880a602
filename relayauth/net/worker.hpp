#pragma once

#include "relayauth/net/guarded_clock.hpp"
#include "relayauth/net/limits.hpp"
#include "relayauth/net/shared_counts.hpp"
#include "relayauth/net/tls_context.hpp"
#include "relayauth/net/transport_event.hpp"
#include "relayauth/session/connection.hpp"
#include "relayauth/session/context.hpp"
#include "relayauth/session/output.hpp"
#include "relayauth/session/settings.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace relayauth::net {

class connection;

// worker is one thread with its own io_context, connections and scratch buffers; workers share
// nothing but shared_counts and immutable snapshots. The public functions may be called from any
// thread; what they ask for happens on the worker's own.
class worker {
public:
    // What it is given by reference must outlive it.
    worker(std::shared_ptr<const session::settings> settings,
           std::shared_ptr<const tls_context> tls, const limits& bounds, guarded_clock& time,
           shared_counts& counts, observer& events, std::uint64_t tag_seed);
    ~worker();
    worker(const worker&) = delete;
    worker& operator=(const worker&) = delete;

    void start();
    // adopt takes over a socket that `at` accepted; it must belong to io().
    void adopt(boost::asio::ip::tcp::socket socket, session::listener at);
    // replace puts new keys and a new TLS context in force: for the next read of every connection,
    // and for new connections.
    void replace(std::shared_ptr<const session::settings> settings,
                 std::shared_ptr<const tls_context> tls);
    // replace_lab changes what is wrong on purpose, likewise.
    void replace_lab(std::shared_ptr<const session::lab_settings> lab);
    // drain answers what has arrived, closes what is idle, gives unfinished messages drain_timeout
    // (answered Server Busy), and ends the thread. join() waits for that.
    void drain();
    void join();

    boost::asio::io_context& io() { return io_; }

private:
    friend class connection;
    void sweep();
    void arm_sweep();
    void begin_drain();
    void remove(connection& ended);
    std::string_view busy_because(bool over_memory, bool held);

    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    boost::asio::steady_timer sweep_timer_;
    session::context context_;
    std::shared_ptr<const tls_context> tls_;
    const limits& limits_;
    guarded_clock& clock_;
    shared_counts& counts_;
    observer& events_;
    bool draining_ = false;
    std::uint64_t held_generation_ = 0;  // of held_because_
    mono_time held_told_at_;
    std::string held_because_;
    std::vector<std::shared_ptr<connection>> connections_;
    // Scratch of whichever connection is being served; nothing survives in it.
    session::output output_;
    std::string wire_;
    std::vector<char> read_buffer_;
    std::vector<char> plain_buffer_;
    std::thread thread_;
};

}  // namespace relayauth::net
