#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/client/endpoint.hpp"
#include "relayauth/client/failure.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <vector>

// For this room and doctor.
namespace relayauth::client {

// resolve gives the addresses of a host, at least one, best first; an address stands for itself.
// Waits no longer than `timeout`.
result<std::vector<boost::asio::ip::tcp::endpoint>, failure> resolve(
    const endpoint& where, std::chrono::milliseconds timeout);

}  // namespace relayauth::client
