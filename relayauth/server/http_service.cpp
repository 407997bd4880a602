#include "relayauth/server/http_service.hpp"

#include "relayauth/net/peer_address.hpp"
#include "relayauth/server/snapshot.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace relayauth::server {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

std::string cannot_listen(const net::host_port& where, const error_code& why) {
    const auto shown =
        where.host.find(':') == std::string::npos ? where.host : "[" + where.host + "]";
    return "cannot listen for HTTP on " + shown + ":" + std::to_string(where.port) + ": " +
           why.message() + ": choose another address with --http-listen HOST:PORT, or off";
}

page_sources pages_of(http_service::sources from,
                      std::function<std::vector<thread_silence>()> beats,
                      std::function<std::string()> metrics) {
    return {std::move(beats), std::move(from.ready), std::move(metrics)};
}

}  // namespace

http_service::http_service(sources from, std::vector<const event_log*> threads)
    : from_(std::move(from)),
      threads_(std::move(threads)),
      started_at_(from_.machine_clock.wall()),
      listener_(
          [pages = pages_of(
               from_, [this] { return silences(); }, [this] { return metrics_page(read()); })](
              std::string_view target) { return page_of(target, pages); },
          from_.clock) {
    for (const auto* each : threads_) counters_.push_back(&each->counts());
}

void http_service::replace_keys(std::shared_ptr<const session::settings> settings) {
    const std::lock_guard held(keys_guard_);
    keys_ = std::move(settings);
}

std::optional<std::string> http_service::listen() {
    const auto& chosen = from_.chosen.http;
    if (chosen && std::holds_alternative<std::monostate>(*chosen)) return std::nullopt;
    const auto& where = chosen ? std::get<net::host_port>(*chosen) : default_http;
    if (auto problem = listen_at(where)) {
        if (chosen) return problem;
        from_.output.write(log_level::warning,
                           from_.output.line("no_http").words(*problem + "; serving without it"));
    }
    return std::nullopt;
}

void http_service::start() {
    for (const auto& each : listener_.local_endpoints()) {
        from_.output.write(log_level::info, from_.output.line("listening")
                                                .field("address", net::peer_at(each).address)
                                                .field("port", std::uint64_t{each.port()})
                                                .words("HTTP: /healthz, /readyz, /metrics"));
    }
    listener_.start();
}

std::optional<std::string> http_service::listen_at(const net::host_port& where) {
    boost::asio::io_context io;
    tcp::resolver resolver(io);
    error_code failed;
    const auto found =
        resolver.resolve(where.host, std::to_string(where.port),
                         tcp::resolver::passive | tcp::resolver::numeric_service, failed);
    if (failed) return cannot_listen(where, failed);
    for (const auto& each : found) {
        failed = listener_.listen(each.endpoint());
        if (failed) return cannot_listen(where, failed);
    }
    return std::nullopt;
}

void http_service::stop_listening() {
    listener_.stop_listening();
}

std::vector<thread_silence> http_service::silences() const {
    const auto now = from_.machine_clock.mono();
    std::vector<thread_silence> all;
    for (std::size_t i = 0; i < counters_.size(); ++i) {
        all.push_back({i == 0 ? "acceptor" : "worker " + std::to_string(i - 1),
                       now - counters_[i]->alive.last()});
    }
    return all;
}

metrics_reading http_service::read() const {
    metrics_reading now;
    now.threads = counters_;
    now.connections = from_.counts.connections.load(std::memory_order_relaxed);
    now.connections_limit = from_.chosen.connections.max_connections;
    now.buffered_bytes = from_.counts.buffered_bytes.load(std::memory_order_relaxed);
    now.buffered_bytes_limit = from_.chosen.connections.max_memory_bytes;
    now.log_lines_lost = from_.output.lines_lost();
    now.version = product_version();
    now.started_at = started_at_;
    now.ready = from_.ready().ready();
    from_.own_clock(now);
    const auto server_time = from_.clock.wall();
    std::unique_lock held(keys_guard_);
    const auto keys = keys_;
    held.unlock();
    if (!keys) return now;
    for (std::size_t i = 0; i < keys->not_after.size(); ++i) {
        const auto& each = keys->keys.entries()[i];
        // As the ring has it: --clock-offset moves the ends of certificates too.
        const auto ends = keys->not_after[i] + from_.chosen.clock_offset;
        now.keys.push_back({each.key.id, each.stage(server_time), ends - server_time});
    }
    return now;
}

}  // namespace relayauth::server
