#include "relayauth/server/service.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/crypto/random.hpp"
#include "relayauth/server/announcement.hpp"
#include "relayauth/server/file_limit.hpp"
#include "relayauth/server/snapshot.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <thread>

namespace relayauth::server {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

// Descriptors beside connections: listeners, log, epoll, event and timer descriptors of each
// worker.
constexpr std::size_t spare_descriptors = 64;
constexpr std::chrono::hours expiry_check_interval{24};
// Tests and supervisors count on 5 s in all; net::drain_timeout is within.
constexpr std::chrono::milliseconds give_up_after{4500};

std::uint64_t random_seed() {
    std::array<std::uint8_t, 8> octets{};
    if (!crypto::fill_random(octets)) return 0x9E3779B97F4A7C15u;
    return std::uint64_t{load_be32(octets.data())} << 32 | load_be32(octets.data() + 4);
}

std::string cannot_listen(const net::host_port& where, const error_code& why) {
    const auto shown =
        where.host.find(':') == std::string::npos ? where.host : "[" + where.host + "]";
    auto text =
        "cannot listen on " + shown + ":" + std::to_string(where.port) + ": " + why.message();
    if (why == boost::asio::error::address_in_use) {
        text += ": `ss -ltnp 'sport = :" + std::to_string(where.port) +
                "'` names who has it; stop that, or choose another port with --listen";
    } else if (why == boost::asio::error::access_denied) {
        text += ": ports below 1024 need root; choose another one with --listen";
    } else {
        text += ": see --listen HOST:PORT";
    }
    return text;
}

}  // namespace

service::service(options chosen, log& output)
    : options_(std::move(chosen)),
      log_(output),
      clock_(options_.clock_offset),
      signals_(io_),
      daily_(io_),
      tick_(io_),
      give_up_(io_),
      acceptor_events_(output) {}

service::~service() {
    for (auto& each : workers_) each->io().stop();
    for (auto& each : workers_) each->join();
}

std::optional<std::string> service::start() {
    auto keys = load_keys(options_, clock_.wall());
    if (!keys) return keys.error();

    const auto wanted = options_.connections.max_connections + spare_descriptors;
    const auto files = raise_file_limit(wanted);
    if (files < wanted) {
        options_.connections.max_connections =
            files > 2 * spare_descriptors ? files - spare_descriptors : files / 2;
    }
    make_workers(*keys);
    if (auto problem = listen_all()) return problem;
    catch_signals();  // before anybody can take us for ready
    announce(*keys);
    if (files < wanted) announce_clamp(files);
    for (auto& each : workers_) each->start();
    return std::nullopt;
}

void service::make_workers(loaded_keys& keys) {
    const auto count = options_.workers.value_or(std::max(1u, std::thread::hardware_concurrency()));
    const auto settings = make_snapshot(options_, keys);
    not_after_ = keys.about.not_after;
    for (unsigned i = 0; i < count; ++i) {
        worker_events_.push_back(std::make_unique<event_log>(log_));
        workers_.push_back(std::make_unique<net::worker>(settings, keys.tls, options_.connections,
                                                         clock_, counts_, *worker_events_.back(),
                                                         random_seed()));
    }
    dealer_ =
        std::make_unique<net::dealer>(workers_, options_.connections, counts_, acceptor_events_);
}

std::optional<std::string> service::listen_all() {
    if (!options_.listen.empty()) {
        for (const auto& where : options_.listen) {
            if (auto problem = listen_at(where, true)) return problem;
        }
        return std::nullopt;
    }
    if (auto problem = listen_at({"0.0.0.0", default_port}, true)) return problem;
    return listen_at({"::", default_port}, false);
}

// Not required: the IPv6 half of the default, on a machine without IPv6.
std::optional<std::string> service::listen_at(const net::host_port& where, bool required) {
    error_code failed;
    tcp::resolver resolver(io_);
    const auto found =
        resolver.resolve(where.host, std::to_string(where.port),
                         tcp::resolver::passive | tcp::resolver::numeric_service, failed);
    if (failed) return cannot_listen(where, failed);
    for (const auto& each : found) {
        auto fresh = std::make_unique<net::acceptor>(io_, *dealer_);
        failed = fresh->listen(each.endpoint());
        if (!failed) {
            acceptors_.push_back(std::move(fresh));
            continue;
        }
        const bool no_ipv6 = failed == boost::asio::error::address_family_not_supported ||
                             failed == error_code(EADDRNOTAVAIL, boost::system::system_category());
        if (required || !no_ipv6) return cannot_listen(where, failed);
        log_.write(log_level::warning,
                   log_.line("no_ipv6").words("not listening on [::]: " + failed.message()));
    }
    return std::nullopt;
}

void service::announce(const loaded_keys& keys) {
    for (const auto& each : acceptors_) {
        const auto local = each->local_endpoint();
        log_.write(log_level::info, log_.line("listening")
                                        .field("address", net::peer_at(local).address)
                                        .field("port", std::uint64_t{local.port()})
                                        .words("SIP and rpc, TLS and plain text"));
    }
    announce_keys(log_, keys, clock_.wall());
    announce_settings(log_, options_, clock_.wall(), workers_.size());
    for (const auto& words : keys.warnings)
        log_.write(log_level::warning, log_.line("advice").words(words));
}

void service::announce_clamp(std::size_t files) {
    log_.write(log_level::warning,
               log_.line("max_connections_clamped")
                   .field("max_connections", options_.connections.max_connections)
                   .words("the limit of open files is " + std::to_string(files) +
                          ": raise it with `ulimit -Hn` or LimitNOFILE="));
}

// A signal that arrives from here on waits until run() looks at it.
void service::catch_signals() {
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) {
        error_code ignored;
        signals_.add(number, ignored);
    }
}

void service::run() {
    wait_for_signal();
    arm_daily_check();
    arm_acceptor_tick();
    io_.run();
    for (auto& each : workers_) each->join();
    report_totals();
}

void service::wait_for_signal() {
    signals_.async_wait([this](error_code cancelled, int number) {
        if (cancelled) return;
        on_signal(number);
        wait_for_signal();
    });
}

void service::on_signal(int number) {
    if (number == SIGHUP) return reload();
    if (stopping_) std::_Exit(1);  // asked twice: somebody is in a hurry
    log_.write(log_level::info,
               log_.line("stopping").words("no more connections; finishing what was read"));
    stop();
}

void service::reload() {
    auto keys = load_keys(options_, clock_.wall());
    if (!keys) {
        log_.write(log_level::error,
                   log_.line("reload_refused")
                       .words("the old certificate and key stay in force: " + keys.error()));
        return;
    }
    const auto settings = make_snapshot(options_, *keys);
    not_after_ = keys->about.not_after;
    for (auto& each : workers_) each->replace(settings, keys->tls);
    log_.write(log_level::info,
               log_.line("reloaded").words("certificates and keys were read again"));
    announce_keys(log_, *keys, clock_.wall());
    for (const auto& words : keys->warnings)
        log_.write(log_level::warning, log_.line("advice").words(words));
}

void service::stop() {
    stopping_ = true;
    for (auto& each : acceptors_) each->stop();
    for (auto& each : workers_) each->drain();
    daily_.cancel();
    give_up_.expires_after(give_up_after);
    give_up_.async_wait([this](error_code cancelled) {
        if (cancelled) return;
        for (auto& each : workers_) each->io().stop();
        io_.stop();
    });
}

// The acceptor's log has no worker to tick it. It also notices when the last worker has drained.
void service::arm_acceptor_tick() {
    tick_.expires_after(net::sweep_interval / (stopping_ ? 5 : 1));
    tick_.async_wait([this](error_code cancelled) {
        if (cancelled) return;
        acceptor_events_.on_tick();
        const bool drained = std::all_of(workers_.begin(), workers_.end(),
                                         [](const auto& each) { return each->io().stopped(); });
        if (stopping_ && drained) return io_.stop();
        arm_acceptor_tick();
    });
}

void service::arm_daily_check() {
    warn_of_expiry();
    daily_.expires_after(expiry_check_interval);
    daily_.async_wait([this](error_code cancelled) {
        if (!cancelled) arm_daily_check();
    });
}

// A certificate that expires while serving keeps minting: cutting calls would help nobody.
void service::warn_of_expiry() {
    constexpr ticks soon = std::chrono::hours(14 * 24);
    const auto now = clock_.wall();
    if (now + soon < not_after_) return;
    const auto words =
        now < not_after_ ? "the certificate expires in " + duration_text(not_after_ - now) +
                               ": renew it with the same key, and all credentials stay valid"
                         : "the certificate expired " + duration_text(now - not_after_) +
                               " ago: minting goes on, but the server will not start again with it";
    log_.write(log_level::warning, log_.line("certificate_expiry").words(words));
}

void service::report_totals() {
    std::vector<const counters*> all = {&acceptor_events_.counts()};
    for (const auto& each : worker_events_) all.push_back(&each->counts());
    announce_totals(log_, all);
}

}  // namespace relayauth::server
