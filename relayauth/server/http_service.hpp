#pragma once

#include "relayauth/net/clock.hpp"
#include "relayauth/net/http_listener.hpp"
#include "relayauth/net/shared_counts.hpp"
#include "relayauth/server/event_log.hpp"
#include "relayauth/server/http_pages.hpp"
#include "relayauth/server/log.hpp"
#include "relayauth/server/metrics_page.hpp"
#include "relayauth/server/options.hpp"
#include "relayauth/session/settings.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace relayauth::server {

// http_service is /healthz, /readyz and /metrics of one server, on a thread of its own. What it is
// given by reference must outlive it.
class http_service {
public:
    struct sources {
        const options& chosen;
        log& output;
        const net::clock& machine_clock;  // judges certificates
        const net::clock& clock;          // judges credentials
        const net::shared_counts& counts;
        std::function<readiness()> ready;  // called on the HTTP thread
        // Fills in what of the metrics_reading the server itself knows; called on the HTTP thread.
        std::function<void(metrics_reading&)> own_clock;
    };
    // `threads` are the acceptor's and then the workers'.
    http_service(sources from, std::vector<const event_log*> threads);

    // replace_keys says which keys there are from now on. From any thread.
    void replace_keys(std::shared_ptr<const session::settings> settings);
    // listen binds what --http-listen says, or the default; what went wrong, in one line, if an
    // address that was asked for cannot be had. A default that is taken is one warning.
    std::optional<std::string> listen();
    // start says where it listens, and answers.
    void start();
    // stop_listening frees the port at once; who is connected can see us stop until the end.
    void stop_listening();

private:
    std::optional<std::string> listen_at(const net::host_port& where);
    std::vector<thread_silence> silences() const;
    metrics_reading read() const;

    sources from_;
    std::vector<const event_log*> threads_;
    std::vector<const counters*> counters_;
    wall_time started_at_;
    mutable std::mutex keys_guard_;
    std::shared_ptr<const session::settings> keys_;
    net::http_listener listener_;  // the last: its thread uses all others
};

}  // namespace relayauth::server
