#pragma once

#include "relayauth/load/link.hpp"
#include "relayauth/load/recorder.hpp"
#include "relayauth/load/wire.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>

namespace relayauth::load {

// lane is one connection of a driver: its link, what is in flight on it, and what was given up.
struct lane {
    explicit lane(const wire& protocol) : framed(protocol.new_framing()) {}

    load::link link;
    framing framed;
    std::string output;            // not yet taken by the link
    std::string input;             // the beginning of an answer
    std::deque<flight> in_flight;  // in the order in which they were sent
    std::size_t unflushed = 0;     // the last ones of in_flight, which wait in output
    std::unordered_map<std::uint64_t, flight> overdue;  // sent longer ago than --timeout
    std::uint64_t newest_answered = 0;       // the largest index of a request that had its answer
    moment answered_at = moment::min() / 2;  // when the last answer came
    moment opened{0};                        // when the link began to connect
    moment room_since{0};                    // when it could have taken another request
    moment reopen_at = moment::max();
    unsigned failures = 0;     // attempts to connect since the last good one
    bool was_ready = false;    // so that a new link is a reconnection
    bool queued = false;       // in the driver's list of lanes with room
    bool dirty = false;        // output was added since the last flush
    std::uint32_t events = 0;  // what the kernel was asked to tell
    ssl_session ticket;

    // Whether an answer has begun and not ended.
    bool inside_answer() const { return !input.empty() || framed.sip.inside_message(); }
};

}  // namespace relayauth::load
