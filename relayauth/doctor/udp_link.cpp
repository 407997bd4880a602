#include "relayauth/doctor/udp_link.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace relayauth::doctor {

udp_link::udp_link(const boost::asio::ip::udp::endpoint& where)
    : socket_(::socket(where.protocol().family(), SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    if (socket_ < 0) return;
    if (::connect(socket_, where.data(), static_cast<socklen_t>(where.size())) != 0) {
        unreachable_ = true;
    }
}

udp_link::~udp_link() {
    if (socket_ >= 0) ::close(socket_);
}

bool udp_link::send(bytes_view octets) {
    const auto sent = ::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == ECONNREFUSED) unreachable_ = true;
    return sent == static_cast<ssize_t>(octets.size());
}

std::optional<std::vector<std::uint8_t>> udp_link::receive(std::chrono::milliseconds within) {
    pollfd waiting{socket_, POLLIN, 0};
    const auto time = static_cast<int>(std::max<std::int64_t>(within.count(), 0));
    if (::poll(&waiting, 1, time) <= 0) return std::nullopt;
    std::vector<std::uint8_t> octets(64 * 1024);
    const auto size = ::recv(socket_, octets.data(), octets.size(), MSG_DONTWAIT);
    if (size < 0) {
        unreachable_ = errno == ECONNREFUSED;
        return std::nullopt;
    }
    octets.resize(static_cast<std::size_t>(size));
    return octets;
}

}  // namespace relayauth::doctor
