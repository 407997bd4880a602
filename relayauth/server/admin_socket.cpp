#include "relayauth/server/admin_socket.hpp"

#include "relayauth/server/admin_command.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

namespace relayauth::server {

using boost::asio::local::stream_protocol;
using boost::system::error_code;

namespace {

constexpr std::size_t most_connections = 8;
constexpr std::chrono::seconds command_deadline{5};  // for a line to come and its answer to go
constexpr mode_t only_owner = 0177;                  // the umask that leaves 0600

std::optional<ucred> peer_of(int descriptor) {
    ucred who{};
    socklen_t size = sizeof who;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0) return std::nullopt;
    return who;
}

// free_path sees to it that nothing is in the way. Two servers cannot be here for the same default
// path at once: they would need the same port.
std::optional<std::string> free_path(boost::asio::io_context& io, const std::string& path) {
    struct stat found {};
    if (lstat(path.c_str(), &found) != 0) return std::nullopt;  // bind says what else is wrong
    if (!S_ISSOCK(found.st_mode)) return path + " is there and is no socket: it is left alone";
    stream_protocol::socket asking(io);
    error_code failed;
    asking.open(stream_protocol(), failed);
    asking.non_blocking(true, failed);
    asking.connect(stream_protocol::endpoint(path), failed);
    // With a full backlog it would have to wait: somebody is there, if perhaps stopped.
    if (!failed || failed == boost::asio::error::would_block ||
        failed == boost::asio::error::try_again) {
        const auto who = peer_of(asking.native_handle());
        return path + " belongs to a server that runs" +
               (who ? ", process " + std::to_string(who->pid) : std::string()) +
               ": choose another --admin-socket";
    }
    if (failed != boost::asio::error::connection_refused) return path + ": " + failed.message();
    if (unlink(path.c_str()) != 0) {
        return path + ": " + error_code(errno, boost::system::system_category()).message();
    }
    return std::nullopt;
}

}  // namespace

class admin_socket::connection : public std::enable_shared_from_this<connection> {
public:
    connection(stream_protocol::socket socket, answerer answer)
        : socket_(std::move(socket)),
          deadline_(socket_.get_executor()),
          answer_(std::move(answer)) {}

    void read() {
        // Never due when it is armed, which matters under libfaketime (net/worker.cpp).
        deadline_.expires_after(command_deadline);
        deadline_.async_wait([self = shared_from_this()](error_code cancelled) {
            if (!cancelled) self->close();
        });
        boost::asio::async_read_until(
            socket_, boost::asio::dynamic_buffer(received_, max_admin_line + 1), '\n',
            [self = shared_from_this()](error_code failed, std::size_t size) {
                if (failed == boost::asio::error::not_found) return self->write_last();
                if (failed) return self->close();
                self->on_line(size);
            });
    }

    void close() {
        error_code ignored;
        deadline_.cancel();
        socket_.close(ignored);
    }

private:
    void on_line(std::size_t size) {
        sent_ = answer_(std::string_view(received_).substr(0, size - 1)) + "\n";
        received_.erase(0, size);
        boost::asio::async_write(socket_, boost::asio::buffer(sent_),
                                 [self = shared_from_this()](error_code failed, std::size_t) {
                                     if (failed) return self->close();
                                     self->read();
                                 });
    }

    // Where the line would have ended is not known: what follows is not believed.
    void write_last() {
        sent_ = answer_(received_) + "\n";
        boost::asio::async_write(
            socket_, boost::asio::buffer(sent_),
            [self = shared_from_this()](error_code, std::size_t) { self->close(); });
    }

    stream_protocol::socket socket_;
    boost::asio::steady_timer deadline_;
    answerer answer_;
    std::string received_, sent_;
};

admin_socket::admin_socket(boost::asio::io_context& io, answerer answer)
    : acceptor_(io), pause_(io), answer_(std::move(answer)) {}

admin_socket::~admin_socket() {
    stop();
}

std::optional<std::string> admin_socket::open(const std::string& path) {
    if (path.size() >= sizeof(sockaddr_un::sun_path)) {
        return path + " is too long for a socket: at most 107 characters";
    }
    auto& io = static_cast<boost::asio::io_context&>(acceptor_.get_executor().context());
    if (auto problem = free_path(io, path)) return problem;
    error_code failed;
    acceptor_.open(stream_protocol(), failed);
    if (!failed) {
        // It has its mode from its first moment on.
        const auto before = umask(only_owner);
        acceptor_.bind(stream_protocol::endpoint(path), failed);
        umask(before);
    }
    struct stat made {};
    if (!failed && lstat(path.c_str(), &made) == 0) {
        path_ = path;
        device_ = made.st_dev;
        inode_ = made.st_ino;
    }
    if (!failed) acceptor_.listen(static_cast<int>(most_connections), failed);
    if (failed) {
        stop();
        return path + ": " + failed.message();
    }
    accept();
    return std::nullopt;
}

void admin_socket::stop() {
    error_code ignored;
    pause_.cancel();
    acceptor_.close(ignored);
    for (const auto& each : connections_) {
        if (const auto open = each.lock()) open->close();
    }
    connections_.clear();
    struct stat found {};
    if (path_.empty() || lstat(path_.c_str(), &found) != 0) return;
    if (found.st_dev == device_ && found.st_ino == inode_) unlink(path_.c_str());
    path_.clear();
}

void admin_socket::accept() {
    acceptor_.async_accept([this](error_code failed, stream_protocol::socket fresh) {
        if (!acceptor_.is_open() || failed == boost::asio::error::operation_aborted) return;
        if (failed && failed != boost::asio::error::connection_aborted) return pause();
        if (!failed) take(std::move(fresh));
        accept();
    });
}

// Out of descriptors: who waits stays there, and asking again at once would spin.
void admin_socket::pause() {
    pause_.expires_after(std::chrono::milliseconds(250));
    pause_.async_wait([this](error_code cancelled) {
        if (!cancelled && acceptor_.is_open()) accept();
    });
}

void admin_socket::take(stream_protocol::socket fresh) {
    const auto who = peer_of(fresh.native_handle());
    if (!who || !may_administer(who->uid, geteuid())) return;  // it closes
    std::erase_if(connections_, [](const auto& each) { return each.expired(); });
    if (connections_.size() >= most_connections) return;
    auto made = std::make_shared<connection>(std::move(fresh), answer_);
    connections_.push_back(made);
    made->read();
}

}  // namespace relayauth::server
