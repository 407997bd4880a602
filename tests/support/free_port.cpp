#include "free_port.hpp"

#include "descriptor.hpp"
#include "tcp_stream.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

namespace relayauth::lab {

std::uint16_t free_port() {
    const descriptor taken(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* address = reinterpret_cast<const sockaddr*>(&any);
    if (::bind(taken.number(), address, sizeof any) != 0) return 0;
    return local_port_of(taken.number());
}

}  // namespace relayauth::lab
