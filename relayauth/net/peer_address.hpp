#pragma once

#include "relayauth/session/access.hpp"
#include "relayauth/session/peer.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace relayauth::net {

// peer_at is the peer behind a socket address; an IPv4 address mapped into IPv6 is shown as IPv4.
session::peer peer_at(const boost::asio::ip::tcp::endpoint& remote);

// parse_network reads `10.0.0.0/8`, `2001:db8::/32`, or a single address; nothing if it is none, or
// has bits set behind its prefix (which is nearly always a slip of the hand).
std::optional<session::network> parse_network(std::string_view text);

// host_port is `HOST:PORT`, `[IPv6]:PORT`.
struct host_port {
    std::string host;
    std::uint16_t port = 0;
};
std::optional<host_port> parse_host_port(std::string_view text);

}  // namespace relayauth::net
