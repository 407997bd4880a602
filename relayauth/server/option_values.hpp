#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/mras/response.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace relayauth::server {

// Readers of single option values; nothing when the text is none.

std::optional<std::uint64_t> parse_count(std::string_view text);

// parse_bytes reads `65536`, `512KiB`, `256MiB`, `1GiB`.
std::optional<std::uint64_t> parse_bytes(std::string_view text);

// parse_seconds reads `300` as seconds, or a duration (`5m`); not negative.
std::optional<ticks> parse_seconds(std::string_view text);

// parse_relay reads `internet|intranet=HOST[:UDP[:TCP]]`; an IPv6 literal stands in brackets.
std::optional<mras::media_relay> parse_relay(std::string_view text);

}  // namespace relayauth::server
