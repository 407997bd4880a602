#pragma once

#include "child_process.hpp"
#include "lab_certificate.hpp"
#include "sip_peer.hpp"
#include "temporary_folder.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::lab {

// relayauth_program is the program under test.
inline const std::string relayauth_program = RELAYAUTH_PROGRAM;

// shared_certificate is one self-signed certificate for all servers of a test program that do not
// care which one they have.
const lab_certificate& shared_certificate();

// running_server is `relayauth serve` on a port of 127.0.0.1 that it chose itself, ready to serve.
class running_server {
public:
    explicit running_server(const std::vector<std::string>& options = {},
                            const lab_certificate& certificate = shared_certificate(),
                            const std::vector<std::string>& environment = {});

    std::uint16_t port() const { return port_; }
    // port_of is the port of the listener at this address, as its log tells; 0 if there is none.
    std::uint16_t port_of(std::string_view listener) const;
    // redis_port is the port of --redis-listen, likewise.
    std::uint16_t redis_port() const;
    // http_port is the port of --http-listen, which is one of its own unless the options say so.
    std::uint16_t http_port() const;
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
    child_process& process() { return process_; }

    // admin_socket is its --admin-socket, in a folder of its own; if `options` names another one,
    // or says `--admin-socket=default`, nothing is here.
    std::string admin_socket() const { return folder_.path("admin.sock"); }

    sip_peer tcp() const { return sip_peer::over_tcp(port_); }
    sip_peer tls() const { return sip_peer::over_tls(port_); }

    std::string log() const { return process_.errors(); }
    // wait_for_line waits for a log line that holds all of `words`; empty if none comes.
    std::string wait_for_line(const std::vector<std::string>& words,
                              std::chrono::milliseconds within = patience) const;
    // count_lines tells how many lines hold `words`.
    std::size_t count_lines(std::string_view words) const;

    // stop asks it to end (SIGTERM), checks that it does so well and in time, and gives its last
    // line: `stopped` and its counts.
    std::string stop();

private:
    std::uint16_t port_in(const std::vector<std::string>& words) const;

    temporary_folder folder_;
    child_process process_;
    std::uint16_t port_ = 0;
};

}  // namespace relayauth::lab
