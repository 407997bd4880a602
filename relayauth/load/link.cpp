#include "relayauth/load/link.hpp"

#include "relayauth/client/tls.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace relayauth::load {

void freed_ssl::operator()(ssl_st* ssl) const {
    SSL_free(ssl);
}

void freed_ssl::operator()(ssl_session_st* session) const {
    SSL_SESSION_free(session);
}

void link::open(const boost::asio::ip::tcp::endpoint& to, ssl_ctx_st* tls,
                const client::connect_settings& settings, ssl_session_st* ticket) {
    close();
    state_ = state::connecting;
    why_ = end::none;
    context_ = tls;
    ticket_ = ticket;
    settings_ = &settings;
    descriptor_ = ::socket(to.protocol().family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor_ < 0) return fail(end::connect_failed);
    const int on = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    wants_write_ = true;
    if (::connect(descriptor_, to.data(), static_cast<socklen_t>(to.size())) == 0) {
        return advance();
    }
    if (errno == EINPROGRESS) return;
    fail(errno == EADDRNOTAVAIL ? end::out_of_ports : end::connect_failed);
}

void link::advance() {
    if (state_ == state::connecting) {
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0) {
            return fail(error == EADDRNOTAVAIL ? end::out_of_ports : end::connect_failed);
        }
        wants_write_ = false;
        if (context_ == nullptr) {
            state_ = state::ready;
            return;
        }
        begin_handshake();
    }
    if (state_ != state::handshaking) return;
    ERR_clear_error();
    const int done = SSL_connect(ssl_.get());
    if (done == 1) {
        wants_write_ = false;
        state_ = state::ready;
        return;
    }
    const int outcome = tls_outcome(done);
    if (outcome != SSL_ERROR_WANT_READ && outcome != SSL_ERROR_WANT_WRITE)
        fail(end::handshake_failed);
}

void link::begin_handshake() {
    ssl_.reset(SSL_new(context_));
    if (!ssl_ || !client::prepare_handshake(ssl_.get(), *settings_) ||
        SSL_set_fd(ssl_.get(), descriptor_) != 1) {
        return fail(end::handshake_failed);
    }
    // One read of the socket fetches what is there, not a record's header and then its body.
    SSL_set_read_ahead(ssl_.get(), 1);
    SSL_set_mode(ssl_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                 SSL_MODE_RELEASE_BUFFERS);
    SSL_set_options(ssl_.get(), SSL_OP_IGNORE_UNEXPECTED_EOF);
    if (ticket_ != nullptr) SSL_set_session(ssl_.get(), ticket_);
    state_ = state::handshaking;
}

// Notes which event is needed to go on.
int link::tls_outcome(int returned) {
    const int outcome = SSL_get_error(ssl_.get(), returned);
    wants_write_ = outcome == SSL_ERROR_WANT_WRITE;
    return outcome;
}

std::size_t link::write(std::string_view octets) {
    if (state_ != state::ready || octets.empty()) return 0;
    if (!ssl_) {
        const auto sent = ::send(descriptor_, octets.data(), octets.size(), MSG_NOSIGNAL);
        wants_write_ = sent < static_cast<ssize_t>(octets.size());
        if (sent >= 0) return static_cast<std::size_t>(sent);
        if (errno != EAGAIN && errno != EINTR) fail_with(errno);
        return 0;
    }
    ERR_clear_error();
    errno = 0;
    std::size_t sent = 0;
    const int done = SSL_write_ex(ssl_.get(), octets.data(), octets.size(), &sent);
    if (done == 1) {
        wants_write_ = sent < octets.size();
        return sent;
    }
    const int outcome = tls_outcome(done);
    if (outcome == SSL_ERROR_WANT_READ || outcome == SSL_ERROR_WANT_WRITE) return 0;
    fail_with(errno);
    return 0;
}

std::size_t link::read(std::span<char> into) {
    if (state_ != state::ready) return 0;
    if (!ssl_) {
        const auto count = ::recv(descriptor_, into.data(), into.size(), 0);
        if (count > 0) return static_cast<std::size_t>(count);
        if (count == 0) fail(end::closed);
        if (count < 0 && errno != EAGAIN && errno != EINTR) fail_with(errno);
        return 0;
    }
    ERR_clear_error();
    std::size_t count = 0;
    errno = 0;
    const int done = SSL_read_ex(ssl_.get(), into.data(), into.size(), &count);
    if (done == 1) return count;
    const bool awaited_write = wants_write_;
    switch (tls_outcome(done)) {
        case SSL_ERROR_WANT_READ:
            wants_write_ = awaited_write;  // what write() waits for still stands
            return 0;
        case SSL_ERROR_WANT_WRITE:
            return 0;
        case SSL_ERROR_ZERO_RETURN:
            fail(end::closed);
            return 0;
        default:
            fail_with(errno);
            return 0;
    }
}

bool link::has_more() const {
    return state_ == state::ready && ssl_ && SSL_has_pending(ssl_.get()) == 1;
}

std::uint32_t link::wanted_events() const {
    if (state_ == state::ready) return EPOLLIN | (wants_write_ ? std::uint32_t{EPOLLOUT} : 0u);
    return wants_write_ ? EPOLLOUT : EPOLLIN;
}

bool link::was_resumed() const {
    return ssl_ && SSL_session_reused(ssl_.get()) == 1;
}

ssl_session link::take_ticket() const {
    if (!ssl_) return nullptr;
    ssl_session session(SSL_get1_session(ssl_.get()));
    if (session && SSL_SESSION_is_resumable(session.get()) != 1) session.reset();
    return session;
}

void link::fail_with(int error) {
    fail(error == ECONNRESET || error == EPIPE ? end::reset : end::closed);
}

void link::fail(end why) {
    why_ = why;
    if (ssl_) ERR_clear_error();
    ssl_.reset();
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
    state_ = state::ended;
}

void link::close() {
    if (ssl_ && state_ == state::ready) {
        ERR_clear_error();
        SSL_shutdown(ssl_.get());
        ERR_clear_error();
    }
    ssl_.reset();
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
    state_ = state::none;
}

}  // namespace relayauth::load
