#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace relayauth::client {

// MS-AVEDGEA is served on this port.
inline constexpr std::uint16_t default_port = 5062;

// endpoint is where a server listens: a host name or an address (IPv6 without brackets), and a
// port.
struct endpoint {
    std::string host;
    std::uint16_t port = default_port;
};

// parse_endpoint reads `HOST`, `HOST:PORT`, `[IPv6]`, `[IPv6]:PORT` or a bare IPv6 address; without
// a port it is default_port. The host must be one that a SIP URI can hold (RFC 3261 19.1.1).
// Nothing if it is none, or the port is 0. Pure; safe from any thread.
std::optional<endpoint> parse_endpoint(std::string_view text);

// uri_host is the host as URIs and people write it: an IPv6 address in brackets.
std::string uri_host(const endpoint& where);

// certificate_name is the host as certificates and SNI have it: without the dot of the root at its
// end (RFC 6066 section 3).
std::string certificate_name(std::string host);

// to_text is `HOST:PORT` or `[IPv6]:PORT`.
std::string to_text(const endpoint& where);

}  // namespace relayauth::client
