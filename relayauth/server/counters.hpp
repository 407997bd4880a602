#pragma once

#include "relayauth/credential/refusal.hpp"
#include "relayauth/net/transport_event.hpp"
#include "relayauth/session/event.hpp"

#include <array>
#include <atomic>
#include <cstdint>

namespace relayauth::server {

// counter is written by one thread and read by any: no locked instruction on the hot path.
class counter {
public:
    void add() {
        value_.store(value_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

inline constexpr std::size_t event_kinds =
    static_cast<std::size_t>(session::event::kind::peer_clock) + 1;
inline constexpr std::size_t refusals = static_cast<std::size_t>(credential::refusal::internal) + 1;
inline constexpr std::size_t transport_kinds =
    static_cast<std::size_t>(net::transport_event::kind::accept_failed) + 1;

// counters are one worker's sums, by kind of event and, where there is one, reason.
struct counters {
    std::array<std::array<counter, refusals + 1>, event_kinds> events;  // the last: no reason
    std::array<counter, transport_kinds> transport;
};

}  // namespace relayauth::server
