#pragma once

#include "relayauth/net/limits.hpp"
#include "relayauth/net/shared_counts.hpp"
#include "relayauth/net/transport_event.hpp"
#include "relayauth/net/worker.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <vector>

namespace relayauth::net {

// dealer hands accepted sockets to workers, round robin (SO_REUSEPORT would hash a few long-lived
// links onto one worker, and let a second server bind unnoticed).
class dealer {
public:
    dealer(std::vector<std::unique_ptr<worker>>& workers, const limits& bounds,
           shared_counts& counts, observer& events)
        : workers_(workers), limits_(bounds), counts_(counts), events_(events) {}

    // next is whose turn it is; each call passes the turn on.
    worker& next();
    // deal gives `socket`, made on to.io(), to that worker, or closes it at the limit.
    void deal(boost::asio::ip::tcp::socket socket, worker& to, session::listener at);
    void report(transport_event::kind what, std::string_view detail);

private:
    std::vector<std::unique_ptr<worker>>& workers_;
    const limits& limits_;
    shared_counts& counts_;
    observer& events_;
    std::size_t turn_ = 0;
};

// acceptor listens on one address, for one kind of connection. Out of descriptors or memory it
// pauses and never spins. All on the thread of `io`.
class acceptor {
public:
    acceptor(boost::asio::io_context& io, dealer& connections, session::listener kind)
        : socket_(io), pause_(io), dealer_(connections), kind_(kind) {}

    // listen binds and begins to accept; the system's error if it cannot.
    boost::system::error_code listen(const boost::asio::ip::tcp::endpoint& where);
    boost::asio::ip::tcp::endpoint local_endpoint() const;
    session::listener kind() const { return kind_; }
    // stop takes no more connections; those that the kernel had accepted already are still dealt.
    void stop();

private:
    void accept();
    void pause(boost::system::error_code why);

    boost::asio::ip::tcp::acceptor socket_;
    boost::asio::steady_timer pause_;
    dealer& dealer_;
    session::listener kind_;
    bool pause_reported_ = false;
};

}  // namespace relayauth::net
