#include "relayauth/net/connection.hpp"
#include "relayauth/net/worker.hpp"

#include <utility>

// What a lab rule makes of answers that are about to be sent (session/lab_delivery.hpp).
namespace relayauth::net {

using boost::asio::ip::tcp;
using boost::system::error_code;

void connection::obey_lab() {
    auto& output = owner_.output_;
    const auto how = std::exchange(output.delivery, {});
    if (how.reset) {
        error_code ignored;
        socket_.set_option(tcp::socket::linger(true, 0), ignored);
        return close();
    }
    if (how.cut_to) {
        output.stamp(owner_.clock_.wall());
        output.bytes.resize(*how.cut_to);
        return;
    }
    // Armed for 100 ms at least, so never due at once, which would hang under libfaketime.
    held_ = std::make_unique<held_answer>(held_answer{
        output.bytes.substr(how.held_from), output.needs_stamp, owner_.events_.take_held_back(),
        owner_.clock_.mono() + how.held_for, boost::asio::steady_timer(owner_.io())});
    output.bytes.resize(how.held_from);
    held_->timer.expires_after(how.held_for);
    held_->timer.async_wait([self = shared_from_this()](error_code cancelled) {
        if (!cancelled && self->held_) self->release_held();
    });
}

// The octets count as just written; then what came meanwhile has its turn.
void connection::release_held() {
    auto& output = owner_.output_;
    output.clear();
    owner_.wire_.clear();
    output.bytes = std::move(held_->bytes);
    output.needs_stamp = held_->needs_stamp;
    const auto decided = held_->decided;
    held_.reset();
    send();
    if (phase_ != phase::closed) {
        owner_.events_.on_served_late(decided, owner_.clock_.mono() - read_at_);
    }
    output.clear();
    owner_.wire_.clear();
    finish_event();
}

// A server that stops waits for no lie; each answer that is sent may bring forth the next one.
void connection::release_all_held() {
    while (held_ && phase_ != phase::closed) release_held();
}

}  // namespace relayauth::net
