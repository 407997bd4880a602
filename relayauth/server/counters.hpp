#pragma once

#include "relayauth/base/mono_time.hpp"
#include "relayauth/credential/refusal.hpp"
#include "relayauth/net/transport_event.hpp"
#include "relayauth/server/histogram.hpp"
#include "relayauth/server/key_counts.hpp"
#include "relayauth/session/event.hpp"

#include <array>
#include <atomic>
#include <cstdint>

namespace relayauth::server {

// counter is written by one thread and read by any: no locked instruction on the hot path.
class counter {
public:
    void add(std::uint64_t more = 1) {
        value_.store(value_.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
    }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

// heartbeat is when its thread was last seen at work; read by any.
class heartbeat {
public:
    void beat(mono_time now) { last_.store(now.since_origin().count(), std::memory_order_relaxed); }
    mono_time last() const {
        return mono_time(std::chrono::nanoseconds(last_.load(std::memory_order_relaxed)));
    }

private:
    std::atomic<std::int64_t> last_{0};
};

inline constexpr std::size_t event_kinds =
    static_cast<std::size_t>(session::event::kind::peer_clock) + 1;
inline constexpr std::size_t refusals = static_cast<std::size_t>(credential::refusal::internal) + 1;
inline constexpr std::size_t transport_kinds =
    static_cast<std::size_t>(net::transport_event::kind::accept_failed) + 1;
inline constexpr std::size_t doors = static_cast<std::size_t>(session::door::redis) + 1;

// credential_form is what a minted credential is: a token of a version, or a TURN REST name.
enum class credential_form { v1, v2, turn_rest };
inline constexpr std::size_t credential_forms =
    static_cast<std::size_t>(credential_form::turn_rest) + 1;
credential_form form_of(const session::issued_facts& minted);

// counters are one worker's sums, by door, kind of event and, where there is one, reason.
struct counters {
    void count(const session::event& happened);
    // Of all doors; `reason` is refusals where there is none.
    std::uint64_t sum(session::event::kind what, std::size_t reason) const;
    std::uint64_t value(session::door through, session::event::kind what, std::size_t reason) const;
    std::uint64_t value(net::transport_event::kind what) const {
        return transport[static_cast<std::size_t>(what)].value();
    }

    using by_reason = std::array<counter, refusals + 1>;  // the last: no reason
    std::array<std::array<by_reason, event_kinds>, doors> events;
    std::array<std::array<counter, credential_forms>, doors> issued;  // and not among `events`
    std::array<counter, transport_kinds> transport;
    key_counts validated_by_key;
    counter lines_left_out;  // of the log, by the rate limit
    histogram issue_latency{latency_bounds};
    histogram validate_latency{latency_bounds};
    histogram peer_clock_offset{clock_offset_bounds};  // this server's clock minus the peer's
    heartbeat alive;
};

}  // namespace relayauth::server
