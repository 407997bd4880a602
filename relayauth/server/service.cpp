#include "relayauth/server/service.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/client/file_limit.hpp"
#include "relayauth/crypto/random.hpp"
#include "relayauth/server/announcement.hpp"
#include "relayauth/server/clock_log.hpp"
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

// Descriptors beside connections: listeners, log, the acceptor's own, and HTTP with its 64
// connections (net/http_limits.hpp); and what each worker's epoll, events and timers take.
constexpr std::size_t spare_descriptors = 100;
constexpr std::size_t descriptors_a_worker = 4;
constexpr std::chrono::hours expiry_check_interval{24};
// Tests and supervisors count on 5 s in all; net::drain_timeout is within.
constexpr std::chrono::milliseconds give_up_after{4500};
constexpr std::chrono::seconds hurry_after{1};

std::optional<std::uint64_t> random_seed() {
    std::array<std::uint8_t, 8> octets{};
    if (!crypto::fill_random(octets)) return std::nullopt;
    return std::uint64_t{load_be32(octets.data())} << 32 | load_be32(octets.data() + 4);
}

std::string cannot_listen(const net::host_port& where, session::listener kind,
                          const error_code& why) {
    const std::string option = kind == session::listener::redis ? "--redis-listen" : "--listen";
    const auto shown =
        where.host.find(':') == std::string::npos ? where.host : "[" + where.host + "]";
    auto text =
        "cannot listen on " + shown + ":" + std::to_string(where.port) + ": " + why.message();
    if (why == boost::asio::error::address_in_use) {
        text += ": `ss -ltnp 'sport = :" + std::to_string(where.port) +
                "'` names who has it; stop that, or choose another port with " + option;
    } else if (why == boost::asio::error::access_denied) {
        text += ": ports below 1024 need root; choose another one with " + option;
    } else {
        text += ": see " + option + " HOST:PORT";
    }
    return text;
}

}  // namespace

service::service(options chosen, log& output)
    : options_(std::move(chosen)),
      log_(output),
      machine_clock_(ticks{0}),
      moved_clock_(options_.clock_offset),
      clock_(moved_clock_, guard_settings_of(options_), clock_log(output)),
      signals_(io_),
      daily_(io_),
      tick_(io_),
      give_up_(io_),
      next_check_(io_),
      self_check_(output),
      acceptor_events_(output, 1, options_.clock_tolerance, skewed_),
      admin_(io_, options_, moved_clock_, log_,
             [this](auto lab) {
                 for (auto& each : workers_) each->replace_lab(lab);
             },
             {[this] { return accept_clock(); }, [this] { return look_at_clock(); },
              [this] { return watch_on_clock(); }}) {}

service::~service() {
    for (auto& each : workers_) each->io().stop();
    for (auto& each : workers_) each->join();
}

std::optional<std::string> service::start() {
    auto problem = try_to_start();
    if (problem) abandon();
    return problem;
}

// An accept under way holds a socket of a worker, and must be gone before it.
void service::abandon() {
    admin_.stop();
    for (auto& each : acceptors_) each->stop();
    io_.poll();
}

std::optional<std::string> service::try_to_start() {
    auto keys = load_keys(options_, machine_clock_.wall());
    if (!keys) return keys.error();

    const auto workers =
        options_.workers.value_or(std::max(1u, std::thread::hardware_concurrency()));
    const auto spare = spare_descriptors + descriptors_a_worker * workers;
    const auto wanted = options_.connections.max_connections + spare;
    const auto files = client::raise_file_limit(wanted);
    if (files < wanted) {
        options_.connections.max_connections = files > 2 * spare ? files - spare : files / 2;
    }
    if (auto problem = make_workers(*keys, workers)) return problem;
    self_check_.run(in_force_, clock_.wall());
    catch_signals();  // before anybody can take us for ready
    if (auto problem = listen_all()) return problem;
    if (auto problem = http_->listen()) return problem;
    if (auto problem = admin_.open(acceptors_.front()->local_endpoint().port())) return problem;
    announce(*keys);
    clock_.tick();  // what the kernel says of it belongs to the start
    if (files < wanted) announce_clamp(files);
    for (auto& each : workers_) each->start();
    return std::nullopt;
}

std::optional<std::string> service::make_workers(loaded_keys& keys, unsigned count) {
    in_force_ = make_snapshot(options_, keys);
    watched_ = watched(keys);
    for (unsigned i = 0; i < count; ++i) {
        const auto seed = random_seed();
        if (!seed) return "OpenSSL has no random numbers to give: see `openssl rand -hex 8`";
        worker_events_.push_back(
            std::make_unique<event_log>(log_, count, options_.clock_tolerance, skewed_));
        workers_.push_back(std::make_unique<net::worker>(in_force_, keys.tls, options_.connections,
                                                         clock_, counts_, *worker_events_.back(),
                                                         *seed));
    }
    make_http();
    dealer_ =
        std::make_unique<net::dealer>(workers_, options_.connections, counts_, acceptor_events_);
    return std::nullopt;
}

std::optional<std::string> service::listen_all() {
    if (auto problem = listen_on_5062()) return problem;
    if (!options_.redis_listen) return std::nullopt;
    return listen_at(*options_.redis_listen, session::listener::redis, true);
}

std::optional<std::string> service::listen_on_5062() {
    if (!options_.listen.empty()) {
        for (const auto& where : options_.listen) {
            if (auto problem = listen_at(where, session::listener::mras, true)) return problem;
        }
        return std::nullopt;
    }
    if (auto problem = listen_at({"0.0.0.0", default_port}, session::listener::mras, true))
        return problem;
    return listen_at({"::", default_port}, session::listener::mras, false);
}

// Not required: the IPv6 half of the default, on a machine without IPv6.
std::optional<std::string> service::listen_at(const net::host_port& where, session::listener kind,
                                              bool required) {
    error_code failed;
    tcp::resolver resolver(io_);
    const auto found =
        resolver.resolve(where.host, std::to_string(where.port),
                         tcp::resolver::passive | tcp::resolver::numeric_service, failed);
    if (failed) return cannot_listen(where, kind, failed);
    for (const auto& each : found) {
        if (kind == session::listener::redis && options_.redis_password_file.empty() &&
            !session::is_loopback(net::peer_at(each.endpoint()).octets)) {
            return "--redis-listen on an address that is not loopback would give keys to "
                   "anybody: add --redis-password-file FILE, or listen on 127.0.0.1";
        }
        auto fresh = std::make_unique<net::acceptor>(io_, *dealer_, kind);
        failed = fresh->listen(each.endpoint());
        if (!failed) {
            acceptors_.push_back(std::move(fresh));
            continue;
        }
        const bool no_ipv6 = failed == boost::asio::error::address_family_not_supported ||
                             failed == error_code(EADDRNOTAVAIL, boost::system::system_category());
        if (required || !no_ipv6) return cannot_listen(where, kind, failed);
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
                                        .words(listener_words(each->kind(), options_)));
    }
    http_->start();
    if (options_.redis_listen && options_.realms.empty()) {
        log_.write(log_level::warning, log_.line("no_realm")
                                           .words("--redis-listen without --realm refuses every "
                                                  "user: name coturn's realm with --realm"));
    }
    announce_keys(log_, keys, machine_clock_.wall());
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
    std::signal(SIGPIPE, SIG_IGN);  // the log's reader may go; the service stays
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) {
        error_code ignored;
        signals_.add(number, ignored);
    }
}

void service::run() {
    wait_for_signal();
    arm_daily_check();
    arm_self_check();
    arm_acceptor_tick();
    io_.run();
    for (auto& each : workers_) each->join();
    http_.reset();
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
    if (stopping_) {
        // Asked again: somebody is in a hurry, unless a terminal and a script asked at the same
        // time.
        if (clock_.mono() - stopping_since_ > hurry_after) std::_Exit(1);
        return;
    }
    log_.write(log_level::info,
               log_.line("stopping").words("no more connections; finishing what was read"));
    stop();
}

void service::reload() {
    auto keys = load_keys(options_, machine_clock_.wall());
    if (!keys) {
        log_.write(log_level::error,
                   log_.line("reload_refused")
                       .words("the old certificate and key stay in force: " + keys.error()));
        return;
    }
    in_force_ = make_snapshot(options_, *keys);
    watched_ = watched(*keys);
    for (auto& each : workers_) each->replace(in_force_, keys->tls);
    http_->replace_keys(in_force_);
    self_check_.run(in_force_, clock_.wall());
    log_.write(log_level::info,
               log_.line("reloaded").words("certificates and keys were read again"));
    announce_keys(log_, *keys, machine_clock_.wall());
    warn_of_expiry();
    for (const auto& words : keys->warnings)
        log_.write(log_level::warning, log_.line("advice").words(words));
}

void service::stop() {
    stopping_ = true;
    stopping_since_ = clock_.mono();
    give_up_.expires_after(give_up_after);
    give_up_.async_wait([this](error_code cancelled) {
        if (cancelled) return;
        for (auto& each : workers_) each->io().stop();
        io_.stop();
    });
    http_->stop_listening();
    for (auto& each : acceptors_) each->stop();
    for (auto& each : workers_) each->drain();
    daily_.cancel();
    next_check_.cancel();
    admin_.stop();
}

// The acceptor's log has no worker to tick it. It also notices when the last worker has drained.
void service::arm_acceptor_tick() {
    tick_.expires_after(net::sweep_interval / (stopping_ ? 5 : 1));
    tick_.async_wait([this](error_code cancelled) {
        if (cancelled) return;
        acceptor_events_.on_tick();
        clock_.tick();
        admin_.on_tick();
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

void service::arm_self_check() {
    next_check_.expires_after(self_test_interval);
    next_check_.async_wait([this](error_code cancelled) {
        if (cancelled) return;
        self_check_.run(in_force_, clock_.wall());
        arm_self_check();
    });
}

void service::warn_of_expiry() {
    for (const auto& words :
         expiry_notices(watched_, options_.allow_expired_certificate, machine_clock_.wall())) {
        log_.write(log_level::warning, log_.line("certificate_expiry").words(words));
    }
}

void service::report_totals() {
    std::vector<const counters*> all = {&acceptor_events_.counts()};
    for (const auto& each : worker_events_) all.push_back(&each->counts());
    announce_totals(log_, all, options_.lab);
}

}  // namespace relayauth::server
