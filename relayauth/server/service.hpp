#pragma once

#include "relayauth/net/acceptor.hpp"
#include "relayauth/net/clock.hpp"
#include "relayauth/net/guarded_clock.hpp"
#include "relayauth/net/worker.hpp"
#include "relayauth/server/administration.hpp"
#include "relayauth/server/event_log.hpp"
#include "relayauth/server/expiry_notice.hpp"
#include "relayauth/server/http_service.hpp"
#include "relayauth/server/loaded_keys.hpp"
#include "relayauth/server/log.hpp"
#include "relayauth/server/options.hpp"
#include "relayauth/server/self_check.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relayauth::server {

// service is a running server: workers, listeners, signals. Its life: start(), then run() until
// SIGTERM or SIGINT. SIGHUP reads certificates and keys again, all or nothing.
class service {
public:
    service(options chosen, log& output);
    ~service();
    service(const service&) = delete;
    service& operator=(const service&) = delete;

    // start loads the keys and listens; what went wrong, in one line, when it cannot serve.
    std::optional<std::string> start();
    // run serves and returns once everything is closed, at most 5 s after the signal.
    void run();

private:
    std::optional<std::string> try_to_start();
    void abandon();
    std::optional<std::string> listen_all();
    std::optional<std::string> listen_on_5062();
    std::optional<std::string> listen_at(const net::host_port& where, session::listener kind,
                                         bool required);
    std::optional<std::string> make_workers(loaded_keys& keys, unsigned count);
    void announce(const loaded_keys& keys);
    void announce_clamp(std::size_t files);
    void make_http();
    readiness judge_readiness() const;
    void read_own_state(metrics_reading& now) const;
    std::string accept_clock();
    std::string look_at_clock();
    std::string clock_status() const;
    watched_clock watch_on_clock() const;
    std::string lab_words() const;
    void catch_signals();
    void wait_for_signal();
    void on_signal(int number);
    void reload();
    void stop();
    void arm_daily_check();
    void warn_of_expiry();
    void arm_acceptor_tick();
    void arm_self_check();
    void report_totals();

    options options_;
    log& log_;
    net::system_clock machine_clock_;  // judges certificates
    net::system_clock moved_clock_;    // --clock-offset and the lab move it
    net::guarded_clock clock_;         // that one, watched: judges credentials
    net::shared_counts counts_;
    boost::asio::io_context io_{1};
    boost::asio::signal_set signals_;
    boost::asio::steady_timer daily_;
    boost::asio::steady_timer tick_;
    boost::asio::steady_timer give_up_;
    boost::asio::steady_timer next_check_;
    self_check self_check_;
    std::shared_ptr<const session::settings> in_force_;  // what the workers have
    skewed_peers skewed_;
    event_log acceptor_events_;
    std::vector<std::unique_ptr<event_log>> worker_events_;
    std::vector<std::unique_ptr<net::worker>> workers_;
    std::unique_ptr<net::dealer> dealer_;
    std::vector<std::unique_ptr<net::acceptor>> acceptors_;
    administration admin_;
    std::vector<watched_certificate> watched_;
    mono_time stopping_since_;
    std::atomic<bool> stopping_{false};   // the HTTP thread asks
    std::unique_ptr<http_service> http_;  // the last: its thread uses all others
};

}  // namespace relayauth::server
