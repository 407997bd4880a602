#include "socket_table.hpp"

#include <cstdio>
#include <fstream>
#include <string>

namespace relayauth::lab {

// proc(5), /proc/net/tcp: `sl: local:port remote:port state tx_queue:rx_queue ...`, in hexadecimal.
std::optional<std::size_t> unread_octets(std::uint16_t own_port, std::uint16_t peer_port) {
    std::ifstream table("/proc/net/tcp");
    for (std::string line; std::getline(table, line);) {
        unsigned own = 0;
        unsigned peer = 0;
        unsigned sending = 0;
        unsigned received = 0;
        if (std::sscanf(line.c_str(), " %*u: %*8x:%4x %*8x:%4x %*2x %8x:%8x", &own, &peer, &sending,
                        &received) != 4) {
            continue;
        }
        if (own == own_port && peer == peer_port) return received;
    }
    return std::nullopt;
}

}  // namespace relayauth::lab
