#pragma once

#include "relayauth/net/http_answer.hpp"
#include "relayauth/server/readiness.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::server {

// thread_silence is how long a thread that serves has not been seen at work.
struct thread_silence {
    std::string thread;  // `worker 0`
    std::chrono::nanoseconds silent_for{0};
};

// A thread is seen every net::sweep_interval. One that is not for as long as this is stuck, or its
// machine stands still.
inline constexpr std::chrono::seconds longest_silence{5};

// page_sources are where the pages come from, asked anew for each request.
struct page_sources {
    std::function<std::vector<thread_silence>()> silences;
    std::function<readiness()> ready;
    std::function<std::string()> metrics;
};

// health_page is 200 and `ok`, or 503 and the threads that are stuck.
net::http_answer health_page(const std::vector<thread_silence>& threads);

// readiness_page is 200 or 503, and a line for each check: `ok keys: 1 key mints`.
net::http_answer readiness_page(const readiness& now);

// page_of answers a GET of `target`, in origin or absolute form (RFC 9112 3.2), its query ignored:
// /healthz, /readyz, /metrics, and 404 for all else.
net::http_answer page_of(std::string_view target, const page_sources& sources);

}  // namespace relayauth::server
