#include "relayauth/net/connection.hpp"
#include "relayauth/net/worker.hpp"

// How long a connection may take for what it is at; the worker's sweep calls check_deadline.
namespace relayauth::net {

// A message, or a TLS record, that has begun gets message_timeout in all, however its octets
// trickle; only a message that ended, or a keep-alive, makes a connection less idle.
void connection::update_deadline(mono_time now) {
    if (phase_ != phase::open) return;
    const auto soon = now + owner_.limits_.message_timeout;
    if (held_) {
        deadline_ = held_->until + owner_.limits_.message_timeout;
        return;
    }
    if (closing_) {
        if (soon < deadline_) deadline_ = soon;
        return;
    }
    // One message_timeout in all to say AUTH, which start() has set.
    if (listener_ == session::listener::redis && !is_trusted_relay()) return;
    const bool inside = session_->inside_message() || (tls_ && tls_->holds_partial_record());
    if (progressed_) last_progress_ = now;
    if (!inside) {
        deadline_ = idle_deadline();
    } else if (!inside_message_ || progressed_) {
        deadline_ = soon;
    }
    inside_message_ = inside;
    progressed_ = false;
    if (owner_.draining_ && drain_deadline_ < deadline_) deadline_ = drain_deadline_;
}

bool connection::is_trusted_relay() const {
    return session_->is_trusted_relay(owner_.context_.now_in_force());
}

mono_time connection::idle_deadline() const {
    // Who may not ask has no business here between its messages.
    if (!session::may_ask(rights_)) return last_progress_ + owner_.limits_.message_timeout;
    const bool reads_its_answers = pending_.empty() && !session_->has_backlog();
    if (is_trusted_relay() && reads_its_answers) {
        return mono_time(std::chrono::nanoseconds::max());
    }
    return last_progress_ + owner_.limits_.idle_timeout;
}

void connection::check_deadline(mono_time now) {
    if (now < deadline_ || phase_ == phase::closed) return;
    switch (phase_) {
        case phase::handshake:
            report(transport_event::kind::handshake_timeout);
            break;
        case phase::first_octet:
            report(transport_event::kind::message_timeout);
            break;
        case phase::open:
            report(inside_message_ ? transport_event::kind::message_timeout
                                   : transport_event::kind::idle_timeout);
            break;
        case phase::lingering:
        case phase::closed:
            break;
    }
    close();
}

}  // namespace relayauth::net
