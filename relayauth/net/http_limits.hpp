#pragma once

#include <chrono>
#include <cstddef>

namespace relayauth::net {

// http_limits bound what HTTP connections may cost: scrapers and probes ask for little, and seldom.
struct http_limits {
    // One more, and the connection that has been without a request for longest makes way.
    std::size_t connections = 64;
    std::size_t head_bytes = 8 * 1024;  // request line and header fields
    // From a request's first octet to its end; for a first request, from the connection on. As long
    // may an answer wait for its reader.
    std::chrono::milliseconds request_timeout{5000};
    // Between requests: above Prometheus's usual minute between scrapes.
    std::chrono::milliseconds idle_timeout{90'000};
    // For what a client still sends after its last answer, lest a reset destroy that answer.
    std::chrono::milliseconds linger_timeout{1000};
};

}  // namespace relayauth::net
