#include "relayauth/client/clock_difference.hpp"

#include "relayauth/base/time_text.hpp"

#include <chrono>

namespace relayauth::client {
namespace {

constexpr ticks half_second = std::chrono::milliseconds(500);

}  // namespace

ticks server_ahead_by_date(wall_time date, wall_time sent_at, wall_time received_at) {
    return date + half_second - (sent_at + (received_at - sent_at) / 2);
}

ticks server_ahead_by_rpc(wall_time sent_at, wall_time read_at, wall_time written_at,
                          wall_time received_at) {
    return (read_at - sent_at) / 2 + (written_at - received_at) / 2;
}

std::optional<std::string> clocks_line(ticks server_ahead) {
    if (server_ahead <= unremarkable_difference && server_ahead >= -unremarkable_difference) {
        return std::nullopt;
    }
    const auto shown = near_minute(rounded<std::chrono::seconds>(server_ahead));
    auto line = "clocks: the server's is " + duration_text(shown) +
                (shown > ticks{0} ? " ahead of" : " behind") + " this machine's";
    if (const auto zone = time_zone_words(shown)) line += " (" + *zone + ")";
    return line;
}

}  // namespace relayauth::client
