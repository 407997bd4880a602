#include "relayauth/server/http_pages.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/base/wall_time.hpp"

namespace relayauth::server {
namespace {

constexpr int unavailable = 503;

std::string_view path_of(std::string_view target) {
    constexpr std::string_view absolute = "http://";
    if (target.starts_with(absolute)) {
        target.remove_prefix(std::min(target.find('/', absolute.size()), target.size()));
    }
    return target.substr(0, target.find('?'));
}

}  // namespace

net::http_answer health_page(const std::vector<thread_silence>& threads) {
    net::http_answer page;
    for (const auto& each : threads) {
        if (each.silent_for < longest_silence) continue;
        page.status = unavailable;
        page.body += each.thread + " is stuck: not seen at work for " +
                     duration_text(std::chrono::duration_cast<ticks>(each.silent_for)) + "\n";
    }
    if (page.body.empty()) page.body = "ok\n";
    return page;
}

net::http_answer readiness_page(const readiness& now) {
    net::http_answer page;
    page.status = now.ready() ? 200 : unavailable;
    for (const auto& each : now.checks) {
        page.body += (each.ok ? "ok " : "NOT ") + each.name + ": " + each.words + "\n";
    }
    return page;
}

net::http_answer page_of(std::string_view target, const page_sources& sources) {
    const auto path = path_of(target);
    if (path == "/healthz") return health_page(sources.silences());
    if (path == "/readyz") return readiness_page(sources.ready());
    net::http_answer page;
    if (path == "/metrics") {
        page.content_type = "text/plain; version=0.0.4; charset=utf-8";
        page.body = sources.metrics();
        return page;
    }
    page.status = 404;
    page.body = "here are /healthz, /readyz and /metrics\n";
    return page;
}

}  // namespace relayauth::server
