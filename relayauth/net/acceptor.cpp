#include "relayauth/net/acceptor.hpp"

#include "relayauth/net/peer_address.hpp"

#include <boost/asio/ip/v6_only.hpp>

namespace relayauth::net {

using boost::asio::ip::tcp;
using boost::system::error_code;

namespace {

// Long enough not to spin, short enough that a freed descriptor is soon used.
constexpr std::chrono::milliseconds pause_length{250};

// Clients that keep connecting must not keep a stopping server up.
constexpr int most_taken_at_stop = 1024;

}  // namespace

worker& dealer::next() {
    return *workers_[turn_++ % workers_.size()];
}

void dealer::deal(tcp::socket socket, worker& to, session::listener at) {
    if (counts_.connections.load(std::memory_order_relaxed) >= limits_.max_connections) {
        error_code gone;
        const auto remote = socket.remote_endpoint(gone);
        events_.on_transport(peer_at(remote),
                             transport_event{transport_event::kind::too_many_connections});
        return;  // the socket closes
    }
    counts_.connections.fetch_add(1, std::memory_order_relaxed);
    to.adopt(std::move(socket), at);
}

void dealer::report(transport_event::kind what, std::string_view detail) {
    events_.on_transport(session::peer{}, transport_event{what, detail});
}

error_code acceptor::listen(const tcp::endpoint& where) {
    error_code failed;
    socket_.open(where.protocol(), failed);
    if (failed) return failed;
    socket_.set_option(tcp::acceptor::reuse_address(true), failed);
    // [::] and 0.0.0.0 are two listeners, so that each address is said and seen on its own.
    if (!failed && where.protocol() == tcp::v6()) {
        socket_.set_option(boost::asio::ip::v6_only(true), failed);
    }
    if (!failed) socket_.bind(where, failed);
    if (!failed) socket_.listen(tcp::acceptor::max_listen_connections, failed);
    if (!failed) accept();
    return failed;
}

tcp::endpoint acceptor::local_endpoint() const {
    error_code ignored;
    return socket_.local_endpoint(ignored);
}

void acceptor::stop() {
    error_code ignored;
    pause_.cancel();
    socket_.cancel(ignored);
    socket_.non_blocking(true, ignored);
    for (int i = 0; i < most_taken_at_stop; ++i) {
        error_code none_left;
        auto& next = dealer_.next();
        tcp::socket waiting(next.io());
        socket_.accept(waiting, none_left);
        if (none_left) break;
        dealer_.deal(std::move(waiting), next, kind_);
    }
    socket_.close(ignored);
}

void acceptor::accept() {
    auto& next = dealer_.next();
    socket_.async_accept(next.io(), [this, &next](error_code failed, tcp::socket fresh) {
        if (!socket_.is_open() || failed == boost::asio::error::operation_aborted) return;
        if (failed) {
            // The peer may be gone already; everything else is a shortage.
            if (failed == boost::asio::error::connection_aborted) return accept();
            return pause(failed);
        }
        pause_reported_ = false;
        dealer_.deal(std::move(fresh), next, kind_);
        accept();
    });
}

void acceptor::pause(error_code why) {
    if (!pause_reported_) dealer_.report(transport_event::kind::accept_failed, why.message());
    pause_reported_ = true;
    pause_.expires_after(pause_length);
    pause_.async_wait([this](error_code cancelled) {
        if (!cancelled) accept();
    });
}

}  // namespace relayauth::net
