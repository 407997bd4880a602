#pragma once

#include "relayauth/net/transport_event.hpp"
#include "relayauth/server/counters.hpp"
#include "relayauth/server/log.hpp"
#include "relayauth/server/rate_limit.hpp"

#include <cstdint>

namespace relayauth::server {

// event_log counts what one worker reports and writes the lines that the rate limit lets through:
// the short key id, the peer, the reason, a keyed hash of the identity; never a username, a
// password or a whole identity. One for each worker, called from its thread; counts() may be read
// from any.
class event_log final : public net::observer {
public:
    // `workers` share the lines that may be written; `output` must outlive it.
    event_log(log& output, std::size_t workers) : log_(output), limit_(workers) {}

    void on_event(const session::peer& who, const session::event& happened) override;
    void on_transport(const session::peer& who, const net::transport_event& happened) override;
    void on_tick() override;

    const counters& counts() const { return counts_; }

private:
    void write_event(const session::peer& who, const session::event& happened);

    log& log_;
    counters counts_;
    rate_limit limit_;
    std::uint32_t tick_ = 0;
};

}  // namespace relayauth::server
