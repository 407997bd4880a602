#pragma once

#include "relayauth/client/connect_settings.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace relayauth::load {

enum class protocol { sip_tls, sip_tcp, rpc_tls, rpc_tcp };
std::string_view to_text(protocol value);
std::optional<protocol> parse_protocol(std::string_view text);
constexpr bool uses_tls(protocol value) {
    return value == protocol::sip_tls || value == protocol::rpc_tls;
}
constexpr bool uses_rpc(protocol value) {
    return value == protocol::rpc_tls || value == protocol::rpc_tcp;
}

// arrivals is how planned times lie: evenly, or as those of many independent callers do.
enum class arrivals { constant, poisson };

// ramp is a rate that changes evenly, from the end of the warm-up to the end of the run.
struct ramp {
    double from = 0;  // requests a second
    double to = 0;
};

// call_mix is which calls are made: so many percent Validate, the others Issue.
struct call_mix {
    unsigned validate_percent = 0;
};

// The bounds of what can be asked for: what a machine of any size could do.
inline constexpr double max_rate = 10'000'000;
inline constexpr unsigned max_connections = 200'000;
inline constexpr unsigned max_in_flight = 4096;
inline constexpr unsigned max_threads = 256;
inline constexpr std::uint32_t max_identities = 10'000'000;
inline constexpr std::chrono::hours max_duration{24 * 7};

// options say what a run does.
struct options {
    client::connect_settings server;  // its answer_timeout is what an answer may take
    load::protocol protocol = protocol::sip_tls;
    call_mix mix;
    std::optional<double> rate;  // open loop, requests a second
    std::optional<load::ramp> ramp;
    bool closed = false;  // in_flight requests on each connection all the time
    load::arrivals arrivals = arrivals::constant;
    unsigned connections = 8;
    unsigned in_flight = 16;  // at most so many on a connection
    unsigned threads = 1;
    std::chrono::nanoseconds duration = std::chrono::seconds(10);
    std::chrono::nanoseconds warm_up = std::chrono::seconds(1);
    bool handshake_per_request = false;
    bool resume = false;
    std::uint32_t identities = 1000;
    std::uint64_t seed = 1;
    double sample_percent = 1;  // of the issued credentials, validated at the end
    bool unchecked = false;     // count answers, look at their status only: for canned servers

    // rate_from, rate_to: the open loop's rate at the beginning and the end.
    double rate_from() const { return ramp ? ramp->from : rate.value_or(default_rate); }
    double rate_to() const { return ramp ? ramp->to : rate.value_or(default_rate); }
    static constexpr double default_rate = 1000;
};

// parse_rate reads `1000` or `0.5`: above 0, at most max_rate. parse_ramp reads `R1..R2`, parse_mix
// `issue`, `validate` or `mixed=90:10` (issue : validate, of 100). Nothing if it is none.
std::optional<double> parse_rate(std::string_view text);
std::optional<ramp> parse_ramp(std::string_view text);
std::optional<call_mix> parse_mix(std::string_view text);

// problem says in one line what does not fit together and what to do; nothing if all does.
std::optional<std::string> problem(const options& chosen);

}  // namespace relayauth::load
