#include "relayauth/net/read_wait.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace relayauth::net {
namespace {

namespace asio = boost::asio;
using asio::detail::epoll_reactor;
using asio::ip::tcp;
using boost::system::error_code;

// What the reactor keeps of a socket is for classes derived from it to see.
struct opened : tcp::socket {
    static epoll_reactor::per_descriptor_data& reactor_data(tcp::socket& of) {
        return (of.*(&opened::impl_)).get_implementation().reactor_data_;
    }
};

// left_behind is what tcp(7) calls TCP_CM_INQ: 1 if all that is left is the end of the stream,
// which came with the octets and raises no event of its own. Without an answer something may be.
int left_behind(msghdr& read) {
    int left = 1;
    const auto* told = CMSG_FIRSTHDR(&read);
    if (told != nullptr && told->cmsg_level == IPPROTO_TCP && told->cmsg_type == TCP_CM_INQ) {
        std::memcpy(&left, CMSG_DATA(told), sizeof left);
    }
    return left;
}

}  // namespace

read_wait::read_wait(asio::io_context& io, std::function<void(const error_code&)> over)
    : reactor_op(error_code(), &read_wait::perform, &read_wait::complete),
      reactor_(asio::use_service<epoll_reactor>(io)),
      over_(std::move(over)) {}

void read_wait::start(tcp::socket& socket, std::shared_ptr<const void> alive, bool drained) {
    alive_ = std::move(alive);
    ec_ = error_code();
    // Not drained: have epoll_ctl look at the socket again. Drained: the reactor remembers an event
    // that came while nobody waited, and then the wait is over at once.
    reactor_.start_op(epoll_reactor::read_op, socket.native_handle(), opened::reactor_data(socket),
                      this, true, drained);
}

void read_wait::complete(void* scheduler, asio::detail::scheduler_operation* finished,
                         const error_code&, std::size_t) {
    auto& wait = *static_cast<read_wait*>(finished);
    const auto alive = std::move(wait.alive_);  // `wait` may be gone once this is
    if (scheduler == nullptr) return;           // the io_context is being destroyed
    wait.over_(wait.ec_);
}

void tell_rest(int socket) {
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_INQ, &yes, sizeof yes);
}

chunk read_some(int socket, std::span<char> into) {
    iovec buffer{into.data(), into.size()};
    alignas(cmsghdr) char told[CMSG_SPACE(sizeof(int))];
    msghdr read{};
    read.msg_iov = &buffer;
    read.msg_iovlen = 1;
    read.msg_control = told;
    read.msg_controllen = sizeof told;
    const auto count = ::recvmsg(socket, &read, 0);
    if (count < 0) return {count, errno == EAGAIN || errno == EWOULDBLOCK};
    return {count, left_behind(read) == 0};
}

}  // namespace relayauth::net
