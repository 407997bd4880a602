#pragma once

#include "relayauth/session/peer.hpp"

#include <cstdint>
#include <string>
#include <utility>

namespace relayauth::server {

// at is a peer that is shown as `address`; peers are told apart by the last octet of 192.0.2.0/24.
inline session::peer at(std::string address, std::uint8_t last_octet = 7) {
    session::peer who;
    who.address = std::move(address);
    who.port = 4711;
    who.octets = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, last_octet};
    return who;
}

}  // namespace relayauth::server
