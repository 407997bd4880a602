#include "relayauth/cli/demo_pool.hpp"

#include "relayauth/cli/demo_process.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <atomic>
#include <thread>

namespace relayauth::cli {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t max_connections = 32;
constexpr std::size_t buffer_octets = 16384;  // a TLS record

// joint is a client's connection and the one to its server. It lives as long as one of them has
// something to wait for; what ends one direction ends that direction of the other.
class joint : public std::enable_shared_from_this<joint> {
public:
    joint(tcp::socket client, std::size_t& open)
        : client_(std::move(client)), server_(client_.get_executor()), open_(open) {
        ++open_;
    }
    ~joint() { --open_; }
    joint(const joint&) = delete;
    joint& operator=(const joint&) = delete;

    void start(const tcp::endpoint& server) {
        server_.async_connect(server, [self = shared_from_this()](error_code failed) {
            if (failed) return;  // the client's connection goes with this
            self->forward(self->client_, self->server_, self->to_server_);
            self->forward(self->server_, self->client_, self->to_client_);
        });
    }

private:
    using buffer = std::array<char, buffer_octets>;

    void forward(tcp::socket& from, tcp::socket& to, buffer& through) {
        from.async_read_some(boost::asio::buffer(through), [&, self = shared_from_this()](
                                                               error_code ended, std::size_t size) {
            if (ended) return end(to);
            boost::asio::async_write(to, boost::asio::buffer(through, size),
                                     [&, self](error_code failed, std::size_t) {
                                         if (failed) return end(from);
                                         forward(from, to, through);
                                     });
        });
    }

    static void end(tcp::socket& socket) {
        error_code ignored;
        socket.shutdown(tcp::socket::shutdown_send, ignored);
    }

    tcp::socket client_, server_;
    std::size_t& open_;
    buffer to_server_{}, to_client_{};
};

}  // namespace

class demo_pool::forwarder {
public:
    explicit forwarder(const std::vector<client::endpoint>& servers) {
        for (const auto& each : servers)
            servers_.emplace_back(boost::asio::ip::make_address(each.host), each.port);
        accept();
        thread_ = std::thread([this] { io_.run(); });
    }
    ~forwarder() {
        io_.stop();
        thread_.join();
    }
    forwarder(const forwarder&) = delete;
    forwarder& operator=(const forwarder&) = delete;

    std::uint16_t port() const { return port_; }
    std::size_t last() const { return last_; }

private:
    void accept() {
        acceptor_.async_accept([this](error_code failed, tcp::socket client) {
            if (!failed && open_ < max_connections) {
                last_ = next_;
                next_ = (next_ + 1) % servers_.size();
                std::make_shared<joint>(std::move(client), open_)->start(servers_[last_]);
            }
            accept();
        });
    }

    std::size_t open_ = 0;  // goes after io_, whose handlers own joints
    boost::asio::io_context io_{1};
    tcp::acceptor acceptor_{io_, {boost::asio::ip::address_v4::loopback(), 0}};
    const std::uint16_t port_ = acceptor_.local_endpoint().port();
    std::vector<tcp::endpoint> servers_;
    std::size_t next_ = 0;
    std::atomic<std::size_t> last_{0};
    std::thread thread_;
};

demo_pool::demo_pool(const std::vector<client::endpoint>& servers) try
    : forwarder_(std::make_unique<forwarder>(servers)) {
} catch (const boost::system::system_error& why) {
    throw demo_failure(std::string("the pool's address cannot be opened: ") + why.what());
}

demo_pool::~demo_pool() = default;

client::endpoint demo_pool::where() const {
    return {"127.0.0.1", forwarder_->port()};
}

std::size_t demo_pool::last() const {
    return forwarder_->last();
}

}  // namespace relayauth::cli
