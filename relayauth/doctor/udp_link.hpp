#pragma once

#include "relayauth/base/bytes.hpp"

#include <boost/asio/ip/udp.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace relayauth::doctor {

// udp_link is one socket that exchanges datagrams with one place. One thread.
class udp_link {
public:
    explicit udp_link(const boost::asio::ip::udp::endpoint& where);
    udp_link(const udp_link&) = delete;
    udp_link& operator=(const udp_link&) = delete;
    ~udp_link();

    bool send(bytes_view octets);
    // receive waits for the next datagram; nothing if none comes, or the place says that nobody is
    // there (ICMP): then unreachable() is true.
    std::optional<std::vector<std::uint8_t>> receive(std::chrono::milliseconds within);
    bool unreachable() const { return unreachable_; }

private:
    int socket_ = -1;
    bool unreachable_ = false;
};

}  // namespace relayauth::doctor
