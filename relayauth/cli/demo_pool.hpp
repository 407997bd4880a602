#pragma once

#include "relayauth/client/endpoint.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace relayauth::cli {

// demo_pool is what a hardware load balancer is to a pool of servers: one address, each connection
// forwarded to the next server in turn. It listens on a free port of 127.0.0.1, runs in a thread of
// its own, takes at most 32 connections at a time, and ends all of them when it goes.
class demo_pool {
public:
    // `servers` must be IPv4 addresses. Throws demo_failure if it cannot listen.
    explicit demo_pool(const std::vector<client::endpoint>& servers);
    ~demo_pool();
    demo_pool(const demo_pool&) = delete;
    demo_pool& operator=(const demo_pool&) = delete;

    client::endpoint where() const;
    // last is which server, counted from 0, got the latest connection.
    std::size_t last() const;

private:
    class forwarder;
    std::unique_ptr<forwarder> forwarder_;
};

}  // namespace relayauth::cli
