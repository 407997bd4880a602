#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/session/lab_rules.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::server {

// watched_clock is how a server's clock guard finds its clock.
struct watched_clock {
    bool held = false;
    std::string reason;        // net::hold_reason; empty: it is not held
    std::optional<ticks> off;  // from where it was trusted; nothing: --clock-guard off
};

// admin_reply is what a server answers on its administration socket: one JSON object a line. It
// always tells what is wrong on purpose.
struct admin_reply {
    enum class outcome {
        done,
        refused,    // understood, and no: no --lab, say
        malformed,  // not a command
    };
    outcome what = outcome::done;
    std::string words;  // for people, one line
    bool lab = false;   // --lab
    wall_time server_time;
    ticks clock_offset{0};  // server_time minus the machine's clock, on purpose
    std::int64_t drift_ppm = 0;
    std::vector<session::lab_rule> rules;
    std::optional<watched_clock> watched = {};  // to `clock` commands
};

// A line over this is no reply: a hundred rules and their words fit.
inline constexpr std::size_t max_admin_reply = 256 * 1024;

// to_line is also what --json prints; without a line feed. Pure; safe from any thread.
std::string to_line(const admin_reply& reply);

// parse_admin_reply is its inverse, times in whole seconds and offsets in whole milliseconds; fails
// in one line for people.
result<admin_reply, std::string> parse_admin_reply(std::string_view line);

}  // namespace relayauth::server
