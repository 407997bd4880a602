#include "relayauth/server/option_setters.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/base/utf8.hpp"

namespace relayauth::server {

problem set_listen(options& into, std::string_view value) {
    auto where = net::parse_host_port(value);
    if (!where) return "must be HOST:PORT, as 127.0.0.1:5062 or [::]:5062";
    into.listen.push_back(std::move(*where));
    return {};
}

problem set_redis_listen(options& into, std::string_view value) {
    auto where = net::parse_host_port(value);
    if (!where) return "must be HOST:PORT, as 127.0.0.1:6379";
    into.redis_listen = std::move(*where);
    return {};
}

problem set_allow(options& into, std::string_view value) {
    const auto range = net::parse_network(value);
    if (!range)
        return "must be a network, as 10.0.0.0/8, 2001:db8::/32 or 192.0.2.7, with no bits set "
               "behind the prefix";
    into.allow.push_back(*range);
    return {};
}

problem set_relay(options& into, std::string_view value) {
    auto relay = parse_relay(value);
    if (!relay)
        return "must be internet=HOST[:UDP[:TCP]] or intranet=HOST[:UDP[:TCP]], as "
               "internet=turn.example.com:3478:443";
    into.relays.push_back(std::move(*relay));
    return {};
}

problem set_realm(options& into, std::string_view value) {
    // RFC 8489 14.9: fewer than 128 characters.
    if (value.empty() || !is_utf8(value) || utf8_length(value) > 127 ||
        has_control_character(value))
        return "must be 1 to 127 characters of UTF-8, no control characters";
    into.realms.emplace_back(value);
    return {};
}

problem set_client_name(options& into, std::string_view value) {
    if (value.empty()) return "must be a name, with * and ? as wildcards";
    into.client_names.emplace_back(value);
    return {};
}

problem set_plaintext(options& into, std::string_view value) {
    if (value == "loopback")
        into.plaintext = session::plaintext_rule::loopback;
    else if (value == "always")
        into.plaintext = session::plaintext_rule::always;
    else if (value == "never")
        into.plaintext = session::plaintext_rule::never;
    else
        return "must be loopback, always or never";
    return {};
}

problem set_log_format(options& into, std::string_view value) {
    if (value == "text")
        into.log = log_format::text;
    else if (value == "json")
        into.log = log_format::json;
    else
        return "must be text or json";
    return {};
}

problem set_clock_offset(options& into, std::string_view value) {
    const auto offset = parse_duration(value);
    if (!offset) return "must be a duration, as +8h, -90s or 2d";
    into.clock_offset = *offset;
    return {};
}

problem set_clock_guard(options& into, std::string_view value) {
    if (value == "warn")
        into.clock_guard = net::guard_mode::warn;
    else if (value == "hold")
        into.clock_guard = net::guard_mode::hold;
    else if (value == "off")
        into.clock_guard = net::guard_mode::off;
    else
        return "must be warn, hold or off";
    return {};
}

problem set_unsynchronised_grace(options& into, std::string_view value) {
    const auto seconds = parse_seconds(value);
    if (!seconds || *seconds > std::chrono::hours(24 * 30))
        return "must be a time from 0 to 30d, as 10m or 1h";
    into.unsynchronised_grace = *seconds;
    return {};
}

problem set_http_listen(options& into, std::string_view value) {
    if (value == "off") {
        into.http = std::monostate{};
        return {};
    }
    auto where = net::parse_host_port(value);
    if (!where) return "must be HOST:PORT, as 127.0.0.1:5080, or off";
    into.http = std::move(*where);
    return {};
}

problem set_clock_tolerance(options& into, std::string_view value) {
    const auto seconds = parse_seconds(value);
    if (!seconds) return "must be seconds, as 300 or 5m";
    if (*seconds > longest_tolerance)
        return "must not exceed 15m: a larger tolerance would switch the check off";
    into.clock_tolerance = *seconds;
    return {};
}

problem set_expiry_grace(options& into, std::string_view value) {
    const auto seconds = parse_seconds(value);
    if (!seconds || *seconds > std::chrono::hours(24))
        return "must be seconds from 0 to 1d, as 60 or 5m";
    into.expiry_grace = *seconds;
    return {};
}

}  // namespace relayauth::server
