#pragma once

#include "relayauth/base/wall_time.hpp"

#include <optional>
#include <string>

namespace relayauth::client {

// How far a server's clock is ahead of this machine's (negative: behind). Everything here is pure
// and safe from any thread; differences saturate.

// server_ahead_by_date compares the Date of an answer, which has whole seconds rounded down, with
// the middle of the exchange; right to about half a second and half the exchange.
ticks server_ahead_by_date(wall_time date, wall_time sent_at, wall_time received_at);

// server_ahead_by_rpc uses the four times of one call (proto/README.md, Time); right to half of
// what the two directions differ in.
ticks server_ahead_by_rpc(wall_time sent_at, wall_time read_at, wall_time written_at,
                          wall_time received_at);

// Clocks that differ by no more than this are not worth a word.
inline constexpr ticks unremarkable_difference = std::chrono::seconds(5);

// clocks_line is `clocks: the server's is 8 h ahead of this machine's (looks like a time zone
// error of +8 h)`, or nothing for an unremarkable difference. In whole seconds, and a
// second from a whole minute is shown as that minute: no measurement here is better.
std::optional<std::string> clocks_line(ticks server_ahead);

}  // namespace relayauth::client
