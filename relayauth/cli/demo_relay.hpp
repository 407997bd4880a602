#pragma once

#include "relayauth/cli/demo_lab.hpp"
#include "relayauth/client/endpoint.hpp"
#include "relayauth/doctor/findings.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace relayauth::cli {

// The realm of the relays of a demo.
inline constexpr const char* demo_realm = "example.test";

// path_of_turnserver is where coturn is, by PATH. Throws demo_failure, which says what to install,
// if there is none.
std::string path_of_turnserver();

// demo_relay is a coturn of its own on 127.0.0.1, which asks a server over the Redis protocol for
// each user's key.
class demo_relay {
public:
    // Throws demo_failure if it does not start.
    demo_relay(const demo_lab& lab, const std::string& name, std::uint16_t asks_redis_at);

    pid_t pid() const { return process_->pid(); }
    const client::endpoint& where() const { return where_; }

    // attempt is what a client that shows a credential gets: what it saw, and the line that coturn
    // wrote about it, without the username.
    struct attempt {
        doctor::relay_findings seen;
        std::string log_line;
    };
    attempt try_with(const std::string& username, const std::string& password) const;

private:
    bool start(const std::string& program, const std::string& settings);

    const std::string folder_name_;
    const demo_lab& lab_;
    std::unique_ptr<demo_process> process_;
    client::endpoint where_;
};

}  // namespace relayauth::cli
