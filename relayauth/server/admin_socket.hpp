#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::server {

// may_administer: who runs the server, and root. The socket's mode lets nobody else near; this is
// for when somebody changes that.
constexpr bool may_administer(uid_t peer, uid_t own) {
    return peer == own || peer == 0;
}

// admin_socket is a unix stream socket, mode 0600, that answers lines: few connections, each with a
// deadline, so that nobody can hold it. All on the thread of `io`.
class admin_socket {
public:
    // `answer` turns a line without its end into one.
    using answerer = std::function<std::string(std::string_view)>;
    admin_socket(boost::asio::io_context& io, answerer answer);
    ~admin_socket();
    admin_socket(const admin_socket&) = delete;
    admin_socket& operator=(const admin_socket&) = delete;

    // open binds and listens; one line that says why it cannot. A socket file that nobody answers
    // at is replaced.
    std::optional<std::string> open(const std::string& path);
    // stop closes everything and removes the file, if it is still this socket's.
    void stop();

private:
    class connection;
    void accept();
    void pause();
    void take(boost::asio::local::stream_protocol::socket fresh);

    boost::asio::local::stream_protocol::acceptor acceptor_;
    boost::asio::steady_timer pause_;
    answerer answer_;
    std::vector<std::weak_ptr<connection>> connections_;
    std::string path_;
    dev_t device_ = 0;  // with the inode: which file is ours
    ino_t inode_ = 0;
};

}  // namespace relayauth::server
