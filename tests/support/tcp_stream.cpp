#include "tcp_stream.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstdlib>

namespace relayauth::lab {

descriptor connect_tcp(const place& to, int receive_buffer) {
    descriptor made(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (receive_buffer > 0) {
        ::setsockopt(made.number(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    const int at_once = 1;
    ::setsockopt(made.number(), IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(to.port);
    ::inet_pton(AF_INET, to.address.c_str(), &where.sin_addr);
    const auto* address = reinterpret_cast<const sockaddr*>(&where);
    if (::connect(made.number(), address, sizeof where) != 0) return {};
    return made;
}

std::string outer_address() {
    return std::getenv("RELAYAUTH_OWN_NETWORK") != nullptr ? "192.0.2.1" : "";
}

bool wait_for(int socket, short events, std::chrono::milliseconds within) {
    pollfd waiting{socket, events, 0};
    return ::poll(&waiting, 1, static_cast<int>(within.count())) == 1;
}

std::uint16_t local_port_of(int socket) {
    sockaddr_in own{};
    socklen_t size = sizeof own;
    if (::getsockname(socket, reinterpret_cast<sockaddr*>(&own), &size) != 0) return 0;
    return ntohs(own.sin_port);
}

bool tcp_stream::send(std::string_view octets) {
    const stopwatch running;
    while (!octets.empty()) {
        const auto count = send_some(octets);
        octets.remove_prefix(count);
        if (count > 0) continue;
        if (errno != EAGAIN || running.elapsed() > patience) return false;
        wait_for(socket_.number(), POLLOUT, 100ms);
    }
    return true;
}

std::size_t tcp_stream::send_some(std::string_view octets) {
    errno = 0;
    const auto count =
        ::send(socket_.number(), octets.data(), octets.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return count > 0 ? static_cast<std::size_t>(count) : 0;
}

stream::outcome tcp_stream::receive(std::string& into, std::chrono::milliseconds within) {
    if (!wait_for(socket_.number(), POLLIN, within)) return outcome::time_up;
    std::array<char, 65536> part{};
    const auto count = ::recv(socket_.number(), part.data(), part.size(), 0);
    if (count <= 0) return outcome::closed;
    into.append(part.data(), static_cast<std::size_t>(count));
    return outcome::octets;
}

void tcp_stream::half_close() {
    ::shutdown(socket_.number(), SHUT_WR);
}

}  // namespace relayauth::lab
