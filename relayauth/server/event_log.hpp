#pragma once

#include "relayauth/net/transport_event.hpp"
#include "relayauth/server/counters.hpp"
#include "relayauth/server/log.hpp"
#include "relayauth/server/rate_limit.hpp"
#include "relayauth/server/skewed_peers.hpp"

#include <array>
#include <cstdint>
#include <utility>

namespace relayauth::server {

// event_log counts what one worker reports and writes the lines that the rate limit lets through:
// the short key id, the peer, the reason, a keyed hash of the identity; never a username, a
// password or a whole identity. One for each worker, called from its thread; counts() may be read
// from any.
class event_log final : public net::observer {
public:
    // `workers` share the lines that may be written, and `skewed`; both references must outlive it.
    // A peer's clock that is further off than `clock_tolerance` is worth a line.
    event_log(log& output, std::size_t workers, ticks clock_tolerance, skewed_peers& skewed);

    void on_event(const session::peer& who, const session::event& happened) override;
    void on_transport(const session::peer& who, const net::transport_event& happened) override;
    void on_spoilt_answer() override;
    void on_spoilt_answer_end(bool goes_out) override;
    void on_served(std::chrono::nanoseconds since_read) override;
    net::held_back take_held_back() override;
    void on_served_late(const net::held_back& what, std::chrono::nanoseconds since_read) override;
    void on_tick() override;

    const counters& counts() const { return counts_; }

private:
    bool admit(const session::peer& who, const session::event& happened, std::uint32_t code);
    void on_peer_clock(const session::peer& who, const session::event& happened);
    void write_peer_clock(const session::peer& who, const session::event& happened);
    void write_event(const session::peer& who, const session::event& happened);
    void write_left_out(const rate_limit::left_out& each, bool of_user);

    // All users of a relay come from its one address, through whichever worker has its connection.
    static constexpr std::size_t one_relay = 1;

    log& log_;
    counters counts_;
    rate_limit limit_;        // by peer prefix
    rate_limit users_limit_;  // by user, at the door for coturn
    ticks clock_tolerance_;
    skewed_peers& skewed_;
    // Peers that need not be looked up in skewed_ until then.
    std::array<std::pair<session::ip_octets, mono_time>, 64> named_lately_{};
    std::uint32_t tick_ = 0;
    // Heard of since the last on_served.
    std::uint32_t issues_ = 0;
    std::uint32_t validations_ = 0;
    net::held_back before_spoilt_;  // those two when the answer that is being spoilt began
    net::held_back held_back_;
};

}  // namespace relayauth::server
