#pragma once

#include "relayauth/net/acceptor.hpp"
#include "relayauth/net/clock.hpp"
#include "relayauth/net/worker.hpp"
#include "relayauth/server/administration.hpp"
#include "relayauth/server/event_log.hpp"
#include "relayauth/server/expiry_notice.hpp"
#include "relayauth/server/loaded_keys.hpp"
#include "relayauth/server/log.hpp"
#include "relayauth/server/options.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

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
    std::optional<std::string> listen_all();
    std::optional<std::string> listen_on_5062();
    std::optional<std::string> listen_at(const net::host_port& where, session::listener kind,
                                         bool required);
    std::optional<std::string> make_workers(loaded_keys& keys, unsigned count);
    void announce(const loaded_keys& keys);
    void announce_clamp(std::size_t files);
    void catch_signals();
    void wait_for_signal();
    void on_signal(int number);
    void reload();
    void stop();
    void arm_daily_check();
    void warn_of_expiry();
    void arm_acceptor_tick();
    void report_totals();

    options options_;
    log& log_;
    net::system_clock machine_clock_;  // judges certificates
    net::system_clock clock_;          // judges credentials: --clock-offset moves it
    net::shared_counts counts_;
    boost::asio::io_context io_{1};
    boost::asio::signal_set signals_;
    boost::asio::steady_timer daily_;
    boost::asio::steady_timer tick_;
    boost::asio::steady_timer give_up_;
    event_log acceptor_events_;
    std::vector<std::unique_ptr<event_log>> worker_events_;
    std::vector<std::unique_ptr<net::worker>> workers_;
    std::unique_ptr<net::dealer> dealer_;
    std::vector<std::unique_ptr<net::acceptor>> acceptors_;
    administration admin_;
    std::vector<watched_certificate> watched_;
    mono_time stopping_since_;
    bool stopping_ = false;
};

}  // namespace relayauth::server
