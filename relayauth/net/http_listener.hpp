#pragma once

#include "relayauth/net/clock.hpp"
#include "relayauth/net/http_answer.hpp"
#include "relayauth/net/http_limits.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <list>
#include <memory>
#include <thread>
#include <vector>

namespace relayauth::net {

class http_session;

// http_listener answers GET and HEAD over HTTP/1.0 and 1.1 on a thread of its own, so that no
// scraper slows a worker. It trusts nobody: requests are bounded, in size and in time, and so are
// connections. Its life: listen() for each address, start(), then from any thread
// stop_listening(); the end of it closes everything at once.
class http_listener {
public:
    // `answers` is called on the thread; `time` dates the answers and must outlive this.
    http_listener(http_handler answers, const clock& time, const http_limits& bounds = {});
    ~http_listener();
    http_listener(const http_listener&) = delete;
    http_listener& operator=(const http_listener&) = delete;

    // listen binds; the system's error if it cannot. Before start() only.
    boost::system::error_code listen(const boost::asio::ip::tcp::endpoint& where);
    // local_endpoints are those bound, in the order of listen(). Before start() only.
    std::vector<boost::asio::ip::tcp::endpoint> local_endpoints() const;
    void start();
    // stop_listening frees the ports and takes no more connections; those that are there stay.
    void stop_listening();

private:
    friend class http_session;
    struct port {
        boost::asio::ip::tcp::acceptor socket;
        boost::asio::steady_timer pause;
    };

    void accept(port& at);
    void adopt(boost::asio::ip::tcp::socket fresh);

    http_handler answers_;
    const clock& clock_;
    http_limits limits_;
    boost::asio::io_context io_{1};
    std::list<port> ports_;
    std::list<std::shared_ptr<http_session>> sessions_;  // longest without a request first
    std::thread thread_;
};

}  // namespace relayauth::net
