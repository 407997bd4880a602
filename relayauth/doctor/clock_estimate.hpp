#pragma once

#include "relayauth/base/wall_time.hpp"

#include <cstddef>
#include <optional>

namespace relayauth::doctor {

// clock_reading is how far a server's clock is ahead of this machine's (negative: behind), right to
// `error` either way. Of a rough one, with an error over a second, the whole minute (zero too) that
// is within its error is believed before its middle.
struct clock_reading {
    enum class source { rpc, date };
    ticks ahead{0};
    ticks error{0};
    std::size_t exchanges = 0;
    source by = source::rpc;
};

// rpc_estimate is NTP's (RFC 5905 section 8): each exchange gives an offset and a delay, and the
// one with the least delay is believed. Both directions may differ, so half its delay is the error.
// Arithmetic saturates. Not for two threads at once.
class rpc_estimate {
public:
    // The four times: sent and received by our clock, read and written by the server's.
    void add(wall_time sent_at, wall_time read_at, wall_time written_at, wall_time received_at);
    // Nothing before the first exchange.
    std::optional<clock_reading> best() const;

private:
    std::size_t count_ = 0;
    ticks ahead_{0};
    ticks delay_ = ticks::max();
};

// date_estimate uses the Date of SIP answers, whole seconds rounded down: each one bounds the
// difference from both sides, and several at different parts of a second bound it closer.
// Not for two threads at once.
class date_estimate {
public:
    void add(wall_time date, wall_time sent_at, wall_time received_at);
    std::optional<clock_reading> best() const;

private:
    std::size_t count_ = 0;
    ticks least_{0};
    ticks most_{0};
};

// disagree tells whether no single clock can have given both readings.
bool disagree(const clock_reading& one, const clock_reading& other);

}  // namespace relayauth::doctor
