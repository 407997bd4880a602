#pragma once

#include <cstdint>

namespace relayauth::lab {

// free_port gives a port of 127.0.0.1 that nobody had a moment ago, for programs that cannot choose
// one themselves. Our own server can: it is started with port 0.
std::uint16_t free_port();

}  // namespace relayauth::lab
