#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace relayauth::lab {

// unread_octets tells how much the socket at `own_port`, connected to `peer_port` of this machine,
// has received and its program has not read; nothing if there is no such socket (any more). It is
// how a test knows that a server has read all that was sent.
std::optional<std::size_t> unread_octets(std::uint16_t own_port, std::uint16_t peer_port);

}  // namespace relayauth::lab
