#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::session {

// ip_octets is an IPv6 address; an IPv4 one is written as ::ffff:a.b.c.d (RFC 4291 2.5.5.2).
using ip_octets = std::array<std::uint8_t, 16>;

// peer is who is at the other end of a connection, as far as TCP and TLS could tell.
struct peer {
    std::string address;  // text without brackets, IPv4 in its own form
    std::uint16_t port = 0;
    ip_octets octets{};
    bool tls = false;
    bool has_certificate = false;                // one that chains to --client-ca
    bool is_relay = false;                       // its certificate chains to --relay-ca
    std::vector<std::string> certificate_names;  // DNS names and common name, if either holds
};

}  // namespace relayauth::session
