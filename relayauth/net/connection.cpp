#include "relayauth/net/connection.hpp"

#include "relayauth/net/peer_address.hpp"
#include "relayauth/net/worker.hpp"

#include <sys/socket.h>

#include <cerrno>

namespace relayauth::net {

using boost::asio::ip::tcp;
using boost::system::error_code;

connection::connection(worker& owner, tcp::socket socket, session::listener at)
    : owner_(owner),
      socket_(std::move(socket)),
      until_readable_(owner.io(),
                      [this](const error_code& failed) {
                          reading_ = false;
                          if (!failed && phase_ != phase::closed) on_readable();
                      }),
      listener_(at) {}

connection::~connection() = default;

void connection::start(std::size_t place) {
    place_ = place;
    error_code gone;
    const auto remote = socket_.remote_endpoint(gone);
    if (!gone) socket_.non_blocking(true, gone);
    if (!gone) socket_.set_option(tcp::no_delay(true), gone);
    tell_rest(socket_.native_handle());
    who_ = peer_at(remote);
    report(transport_event::kind::accepted);
    if (gone || owner_.draining_) return close();
    deadline_ = owner_.clock_.mono() + owner_.limits_.message_timeout;
    if (listener_ == session::listener::redis) start_redis();
    wait_readable();
}

// coturn connects once and may ask hours later; as redis-server does, we let it, and have the
// kernel find out whether it is still there.
void connection::start_redis() {
    error_code ignored;
    socket_.set_option(boost::asio::socket_base::keep_alive(true), ignored);
    phase_ = phase::open;
    open_session();
    update_deadline(owner_.clock_.mono());
}

void connection::wait_readable() {
    if (reading_ || held_ || phase_ == phase::closed || end_of_stream_) return;
    if (pending_.size() - pending_sent_ >= owner_.context_.now_in_force().max_pending_output)
        return;  // until it is sent
    reading_ = true;
    until_readable_.start(socket_, shared_from_this(), drained_);
}

void connection::wait_writable() {
    if (writing_ || phase_ == phase::closed) return;
    writing_ = true;
    socket_.async_wait(tcp::socket::wait_write, [self = shared_from_this()](error_code failed) {
        self->writing_ = false;
        if (!failed && self->phase_ != phase::closed) self->flush_pending();
    });
}

// One read for one event: what else is there raises the next one after others had their turn.
void connection::on_readable() {
    if (held_) {
        drained_ = false;  // so that the next wait is over at once
        return;
    }
    auto& buffer = owner_.read_buffer_;
    const auto [count, drained] = read_some(socket_.native_handle(), buffer);
    drained_ = drained;
    if (count < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return wait_readable();
        return close();
    }
    if (phase_ == phase::lingering) {
        if (count == 0) return close();
        return wait_readable();
    }
    if (count == 0) return on_end_of_stream();
    if (session_) read_at_ = owner_.clock_.mono();
    receive(std::span(buffer.data(), static_cast<std::size_t>(count)));
    finish_event();
}

// RFC 8446 5.1: a TLS connection begins with a handshake record, 0x16. No SIP or rpc octet is that.
constexpr char tls_handshake_record = 0x16;

void connection::receive(std::span<char> octets) {
    owner_.output_.clear();
    owner_.wire_.clear();
    over_memory_ = owner_.counts_.buffered_bytes.load(std::memory_order_relaxed) >
                   owner_.limits_.max_memory_bytes;
    if (closing_) return;  // framing may be lost: nothing that follows is believed
    if (phase_ == phase::first_octet) {
        if (octets.front() == tls_handshake_record) {
            tls_ = std::make_unique<tls_engine>(*owner_.tls_);
            phase_ = phase::handshake;
            deadline_ = owner_.clock_.mono() + owner_.limits_.handshake_timeout;
        } else {
            phase_ = phase::open;
            open_session();
        }
    }
    if (tls_) return receive_tls(octets);
    feed_session(octets, owner_.clock_.read());
}

void connection::receive_tls(std::span<char> octets) {
    const auto now = owner_.clock_.read();
    tls_->receive(octets, owner_.wire_);
    while (true) {
        const auto count = tls_->read(owner_.plain_buffer_, owner_.wire_);
        if (phase_ == phase::handshake && tls_->status() != tls_engine::state::handshaking) {
            if (tls_->status() == tls_engine::state::failed) return tls_failed();
            on_handshake_done();
        }
        if (count == 0) break;
        if (!closing_) feed_session(std::span(owner_.plain_buffer_).first(count), now);
    }
    if (tls_->status() == tls_engine::state::failed) return tls_failed();
    // RFC 8446 6.1: close_notify ends one direction only.
    if (tls_->status() == tls_engine::state::closed_by_peer) end_of_stream_ = true;
}

void connection::tls_failed() {
    report(transport_event::kind::tls_failed, tls_->failure());
    closing_ = true;
}

void connection::on_handshake_done() {
    who_.tls = true;
    who_.has_certificate = tls_->has_certificate();
    who_.is_relay = tls_->is_relay();
    // Nobody vouches for the names of another certificate.
    if (who_.has_certificate || who_.is_relay) who_.certificate_names = tls_->certificate_names();
    report(transport_event::kind::tls_established, tls_->description());
    phase_ = phase::open;
    open_session();
}

void connection::open_session() {
    const auto& in_force = owner_.context_.now_in_force();
    rights_ = listener_ == session::listener::redis
                  ? session::admit_redis(in_force.access, in_force.redis.password.has_value(), who_)
                  : session::admit(in_force.access, who_);
    session_.emplace(who_, rights_, listener_);
    last_progress_ = read_at_ = owner_.clock_.mono();
}

void connection::feed_session(std::span<char> plain, const guarded_time& now) {
    const auto before = owner_.output_.bytes.size();
    owner_.context_.busy_because = owner_.busy_because(over_memory_, now.held);
    owner_.context_.clock_held = now.held;
    if (session_->on_bytes(owner_.context_, plain, now.wall, owner_.output_)) closing_ = true;
    answered_ = answered_ || owner_.output_.bytes.size() > before;
    progressed_ = progressed_ || session_->progressed();
}

void connection::finish_event() {
    send();
    // The socket took all: it will not call us back for what was read and not answered yet.
    while (pending_.empty() && has_backlog()) {
        answer_backlog();
        send();
    }
    const auto now = owner_.clock_.mono();
    if (answered_) owner_.events_.on_served(now - read_at_);
    answered_ = false;
    if (phase_ == phase::closed) return;
    if (end_of_stream_ && !held_ && !has_backlog()) closing_ = true;
    const auto held_before = accounted_;
    account_memory();
    if (over_memory_ && accounted_ > held_before) {
        report(transport_event::kind::memory_exhausted);
        return close();
    }
    update_deadline(now);
    const bool drained = owner_.draining_ && phase_ == phase::open && !inside_message_;
    if ((closing_ || drained) && !held_ && pending_.empty()) return begin_close();
    if (!closing_) wait_readable();
}

// Sends the worker's output, encrypted if need be; what the socket does not take stays in pending_.
void connection::send() {
    auto& output = owner_.output_;
    if (output.delivery.ends_read()) obey_lab();
    if (phase_ == phase::closed) return;
    if (output.needs_stamp) output.stamp(owner_.clock_.wall());
    if (tls_) tls_->write(output.bytes, owner_.wire_);
    std::string_view ready = tls_ ? owner_.wire_ : output.bytes;
    if (ready.empty()) return;
    if (pending_.empty()) {
        const auto sent = ::send(socket_.native_handle(), ready.data(), ready.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) return close();
        if (sent > 0) ready.remove_prefix(static_cast<std::size_t>(sent));
    }
    if (ready.empty()) return;
    pending_.append(ready);
    wait_writable();
}

void connection::flush_pending() {
    const std::string_view left = std::string_view(pending_).substr(pending_sent_);
    const auto sent = ::send(socket_.native_handle(), left.data(), left.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) return close();
    if (sent > 0) pending_sent_ += static_cast<std::size_t>(sent);
    if (pending_sent_ < pending_.size()) {
        // What is sent goes before it outweighs the rest: a slow reader must not make this grow.
        if (pending_sent_ > pending_.size() / 2) {
            pending_.erase(0, pending_sent_);
            pending_sent_ = 0;
        }
        return wait_writable();
    }
    std::string().swap(pending_);
    pending_sent_ = 0;
    owner_.output_.clear();
    owner_.wire_.clear();
    finish_event();
}

bool connection::has_backlog() const {
    return phase_ != phase::closed && !closing_ && !held_ && session_ && session_->has_backlog();
}

// What was read before the output was full is answered before more is read.
void connection::answer_backlog() {
    owner_.output_.clear();
    owner_.wire_.clear();
    feed_session({}, owner_.clock_.read());
}

// A client that half-closes gets its answers, then the close.
void connection::on_end_of_stream() {
    end_of_stream_ = true;
    owner_.output_.clear();
    owner_.wire_.clear();
    if (phase_ == phase::handshake)
        report(transport_event::kind::tls_failed, "closed in the handshake");
    if (inside_message_)
        report(transport_event::kind::message_cut_short,
               "its last message did not end: compare Content-Length, or the frame's length, with "
               "what was sent");
    finish_event();
}

// TLS ends with close_notify (RFC 8446 6.1); if the socket does not take it now, so be it.
void connection::say_goodbye() {
    if (!tls_) return;
    auto& alert = owner_.wire_;
    alert.clear();
    tls_->close(alert);
    if (!alert.empty()) ::send(socket_.native_handle(), alert.data(), alert.size(), MSG_NOSIGNAL);
}

void connection::begin_close() {
    if (phase_ == phase::lingering) return;
    say_goodbye();
    if (end_of_stream_) return close();
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    if (ignored) return close();
    phase_ = phase::lingering;
    deadline_ = owner_.clock_.mono() + linger_timeout;
    wait_readable();
}

void connection::close() {
    if (phase_ == phase::closed) return;
    phase_ = phase::closed;
    const auto self = shared_from_this();  // the worker's list may hold the last share
    error_code ignored;
    socket_.close(ignored);
    session_.reset();
    held_.reset();
    std::string().swap(pending_);
    account_memory();
    report(transport_event::kind::closed);
    owner_.counts_.connections.fetch_sub(1, std::memory_order_relaxed);
    owner_.remove(*this);
}

// What has arrived is read and answered; an unfinished message gets a little longer.
void connection::drain() {
    release_all_held();
    if (phase_ == phase::first_octet || phase_ == phase::open) on_readable();
    release_all_held();
    if (phase_ == phase::closed || phase_ == phase::lingering) return;
    if (phase_ != phase::open) return close();
    if (!inside_message_ && pending_.empty()) return begin_close();
    drain_deadline_ = owner_.clock_.mono() + drain_timeout;
    if (drain_deadline_ < deadline_) deadline_ = drain_deadline_;
}

// OpenSSL keeps a record, or a handshake message, until it is whole.
constexpr std::size_t tls_record_bytes = 17 * 1024;

void connection::account_memory() {
    std::size_t held = 0;  // an empty string has a capacity, too, which would stay for ever
    if (phase_ != phase::closed) {
        const bool holds_record = tls_ && tls_->holds_partial_record();
        held = pending_.capacity() + (held_ ? held_->bytes.capacity() : 0) +
               (session_ ? session_->buffered_bytes() : 0) + (holds_record ? tls_record_bytes : 0);
    }
    if (held == accounted_) return;
    // Unsigned arithmetic wraps to the right sum when less is held than before.
    owner_.counts_.buffered_bytes.fetch_add(held - accounted_, std::memory_order_relaxed);
    accounted_ = held;
}

void connection::report(transport_event::kind what, std::string_view detail) {
    owner_.events_.on_transport(who_, transport_event{what, detail});
}

}  // namespace relayauth::net
