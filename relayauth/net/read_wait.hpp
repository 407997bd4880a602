#pragma once

#include <boost/asio/detail/epoll_reactor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

#if !defined(BOOST_ASIO_HAS_EPOLL) || defined(BOOST_ASIO_HAS_IO_URING_AS_DEFAULT)
#error \
    "read_wait stands in the queues of Asio's epoll reactor: build without io_uring as its default"
#endif

namespace relayauth::net {

// read_wait waits until a socket can be read, time after time, as the socket's async_wait does.
// That one asks epoll_ctl for an event each time, 4 % of what a lone request costs. Asio has
// registered the socket edge-triggered anyhow: whoever has read all that there was need only stand
// in the reactor's queue, and the next octet raises the next event. Asio has no public way to; so
// this is an operation of its reactor, and part of its owner: a wait allocates nothing. On the
// thread that runs `io` only.
class read_wait : private boost::asio::detail::reactor_op {
public:
    // `over` hears of the end of each wait; an error if the socket was closed instead.
    read_wait(boost::asio::io_context& io,
              std::function<void(const boost::system::error_code&)> over);
    read_wait(const read_wait&) = delete;
    read_wait& operator=(const read_wait&) = delete;

    // start begins a wait; the last one must be over. It may be over with nothing to read. `alive`
    // is kept until then, and must keep `socket`, of `io`, and this. `drained`: the last read_some
    // said so.
    void start(boost::asio::ip::tcp::socket& socket, std::shared_ptr<const void> alive,
               bool drained);

private:
    static status perform(reactor_op*) { return done_and_exhausted; }
    static void complete(void* scheduler, boost::asio::detail::scheduler_operation* finished,
                         const boost::system::error_code&, std::size_t);

    boost::asio::detail::epoll_reactor& reactor_;
    std::function<void(const boost::system::error_code&)> over_;
    std::shared_ptr<const void> alive_;
};

// tell_rest makes read_some know what it leaves. Without it no socket is ever drained.
void tell_rest(int socket);

// chunk is what one read brought.
struct chunk {
    std::ptrdiff_t count;  // as of recv: 0 at the end of the stream, negative with errno
    bool drained;          // nothing is left, and the stream has not ended either
};
chunk read_some(int socket, std::span<char> into);

}  // namespace relayauth::net
