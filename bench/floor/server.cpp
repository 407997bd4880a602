#include "server.hpp"

#include "framing.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace relayauth::floor {
namespace {

constexpr std::size_t read_bytes = 64 * 1024;  // as relayauth reads
constexpr char tls_handshake_record = 0x16;    // RFC 8446 5.1; no SIP message begins so

}  // namespace

server::server(const tls_settings& settings, std::string_view answer)
    : settings_(settings), answer_(answer), buffer_(read_bytes), plain_(2 * read_bytes) {
    answers(64);
}

std::uint16_t server::listen() {
    epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* address = reinterpret_cast<sockaddr*>(&place);
    socklen_t size = sizeof place;
    epoll_event wanted{EPOLLIN, {.fd = listener_}};
    if (::bind(listener_, address, size) != 0 || ::listen(listener_, SOMAXCONN) != 0 ||
        ::getsockname(listener_, address, &size) != 0 ||
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, listener_, &wanted) != 0) {
        return 0;
    }
    return ntohs(place.sin_port);
}

void server::run() {
    std::array<epoll_event, 64> ready;
    while (true) {
        const int count = ::epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), -1);
        for (int i = 0; i < count; ++i) {
            const int socket = ready[static_cast<std::size_t>(i)].data.fd;
            if (socket == listener_) {
                accept_all();
                continue;
            }
            const auto found = connections_.find(socket);
            if (found != connections_.end()) on_readable(socket, found->second);
        }
    }
}

void server::accept_all() {
    while (true) {
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0) return;
        const int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        epoll_event wanted{EPOLLIN, {.fd = socket}};
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &wanted);
        connections_[socket];
    }
}

void server::on_readable(int socket, connection& from) {
    const auto count = ::recv(socket, buffer_.data(), buffer_.size(), 0);
    if (count < 0 && errno == EAGAIN) return;
    if (count > 0 &&
        on_octets(socket, from, std::span(buffer_.data(), static_cast<std::size_t>(count)))) {
        return;
    }
    ::close(socket);
    connections_.erase(socket);
}

bool server::on_octets(int socket, connection& from, std::span<char> octets) {
    const std::string_view text(octets.data(), octets.size());
    if (from.is_new && text.front() == tls_handshake_record) {
        from.tls = std::make_unique<tls_link>(settings_);
    }
    from.is_new = false;
    if (from.tls) return on_ciphertext(socket, from, text);
    return send_all(socket, answers(count_messages(from, text)));
}

bool server::on_ciphertext(int socket, connection& from, std::string_view octets) {
    wire_.clear();
    from.tls->receive(octets, wire_);
    std::size_t size = 0;
    while (size < plain_.size()) {
        const auto count = from.tls->read(std::span(plain_).subspan(size));
        if (count < 0) return false;
        if (count == 0) break;
        size += static_cast<std::size_t>(count);
    }
    const auto due = count_messages(from, std::string_view(plain_.data(), size));
    if (due > 0 && !from.tls->write(answers(due))) return false;
    return send_all(socket, wire_);
}

std::size_t server::count_messages(connection& from, std::string_view fresh) {
    if (!from.begun.empty()) {
        from.begun.append(fresh);
        fresh = from.begun;
    }
    std::size_t count = 0;
    auto rest = fresh;
    while (!rest.empty()) {
        const auto size = message_size(rest);
        if (!size) break;
        rest.remove_prefix(*size);
        ++count;
    }
    if (!rest.empty() || !from.begun.empty()) from.begun = std::string(rest);
    return count;
}

std::string_view server::answers(std::size_t count) {
    while (answers_.size() < count * answer_.size()) answers_ += answer_;
    return std::string_view(answers_).substr(0, count * answer_.size());
}

// A client that does not read holds up all others: a benchmark's clients read.
bool server::send_all(int socket, std::string_view octets) {
    while (!octets.empty()) {
        const auto sent = ::send(socket, octets.data(), octets.size(), MSG_NOSIGNAL);
        if (sent > 0) {
            octets.remove_prefix(static_cast<std::size_t>(sent));
            continue;
        }
        if (errno != EAGAIN) return false;
        pollfd writable{socket, POLLOUT, 0};
        ::poll(&writable, 1, 1000);
    }
    return true;
}

}  // namespace relayauth::floor
