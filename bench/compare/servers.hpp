#pragma once

#include "child_process.hpp"
#include "running_server.hpp"
#include "temporary_folder.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::compare {

// target is where a server listens, and whose processor time is its own.
struct target {
    std::string name;
    std::uint16_t tcp_port = 0;
    std::uint16_t tls_port = 0;
    pid_t id = 0;
};

// ask sends one request over plain TCP and gives the whole answer, octets as they came; empty if
// none comes.
std::string ask(std::uint16_t port, std::string_view request);

// own_server is relayauth with this many workers.
std::unique_ptr<lab::running_server> own_server(int workers);
target target_of(lab::running_server& server, std::string name);

// floor_server is bench_floor, answering with `answer`.
class floor_server {
public:
    explicit floor_server(std::string_view answer);
    target where();

private:
    lab::temporary_folder folder_;
    std::unique_ptr<lab::child_process> process_;
};

// kamailio_server is Kamailio with kamailio.cfg. It has several processes: the destructor sees to
// all of them.
class kamailio_server {
public:
    kamailio_server();
    ~kamailio_server();
    kamailio_server(const kamailio_server&) = delete;
    kamailio_server& operator=(const kamailio_server&) = delete;
    // where waits until it serves; nothing, and its words printed, if it does not.
    std::optional<target> where();

private:
    std::uint16_t tcp_port_, tls_port_;
    std::unique_ptr<lab::child_process> process_;
};

// openssl_server is `openssl s_server` with the same certificate: TLS and nothing behind it.
class openssl_server {
public:
    openssl_server();
    std::optional<target> where();

private:
    std::uint16_t port_;
    std::unique_ptr<lab::child_process> process_;
};

}  // namespace relayauth::compare
