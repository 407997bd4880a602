#include "relayauth/net/http_listener.hpp"

#include "relayauth/net/http_session.hpp"

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>

namespace relayauth::net {

using boost::asio::ip::tcp;
using boost::system::error_code;

namespace {

// Out of descriptors: long enough not to spin.
constexpr std::chrono::milliseconds pause_length{250};

}  // namespace

http_listener::http_listener(http_handler answers, const clock& time, const http_limits& bounds)
    : answers_(std::move(answers)), clock_(time), limits_(bounds) {}

http_listener::~http_listener() {
    io_.stop();
    if (thread_.joinable()) thread_.join();
}

error_code http_listener::listen(const tcp::endpoint& where) {
    port fresh{tcp::acceptor(io_), boost::asio::steady_timer(io_)};
    auto& socket = fresh.socket;
    error_code failed;
    socket.open(where.protocol(), failed);
    if (failed) return failed;
    socket.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed && where.protocol() == tcp::v6()) {
        socket.set_option(boost::asio::ip::v6_only(true), failed);
    }
    if (!failed) socket.bind(where, failed);
    if (!failed) socket.listen(tcp::acceptor::max_listen_connections, failed);
    if (!failed) ports_.push_back(std::move(fresh));
    return failed;
}

std::vector<tcp::endpoint> http_listener::local_endpoints() const {
    std::vector<tcp::endpoint> all;
    for (const auto& each : ports_) {
        error_code ignored;
        all.push_back(each.socket.local_endpoint(ignored));
    }
    return all;
}

void http_listener::start() {
    for (auto& each : ports_) accept(each);
    thread_ = std::thread([this] { io_.run(); });
}

void http_listener::stop_listening() {
    boost::asio::post(io_, [this] {
        for (auto& each : ports_) {
            error_code ignored;
            each.pause.cancel();
            each.socket.close(ignored);
        }
    });
}

void http_listener::accept(port& at) {
    at.socket.async_accept([this, &at](error_code failed, tcp::socket fresh) {
        if (!at.socket.is_open()) return;
        if (!failed) adopt(std::move(fresh));
        if (!failed || failed == boost::asio::error::connection_aborted) return accept(at);
        at.pause.expires_after(pause_length);
        at.pause.async_wait([this, &at](error_code cancelled) {
            if (!cancelled) accept(at);
        });
    });
}

void http_listener::adopt(tcp::socket fresh) {
    if (sessions_.size() >= limits_.connections) {
        const auto oldest = sessions_.front();
        oldest->end();
    }
    auto& made = sessions_.emplace_back(std::make_shared<http_session>(*this, std::move(fresh)));
    made->start(std::prev(sessions_.end()));
}

}  // namespace relayauth::net
