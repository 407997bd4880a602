#include "relayauth/cli/admin_connection.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/cli/admin_text.hpp"
#include "relayauth/cli/exit_codes.hpp"
#include "relayauth/server/admin_path.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>
#include <optional>

namespace relayauth::cli {
namespace {

using boost::asio::local::stream_protocol;
using boost::system::error_code;

constexpr std::chrono::seconds patience{5};

std::string cannot_connect(const std::string& path, const error_code& why) {
    // It closes on those whom the file's mode should have kept away.
    if (why == boost::asio::error::access_denied || why == boost::asio::error::eof) {
        return path + ": only the user that runs the server, and root, may administer it";
    }
    const bool nobody = why == boost::asio::error::connection_refused ||
                        why == boost::system::errc::no_such_file_or_directory;
    return path + ": " +
           (nobody ? "no server has its administration socket there" : why.message()) +
           ": it says `admin_socket path=...` at its start; name that with --admin-socket FILE, or "
           "its port with --port N";
}

// A line over a fresh connection to `path`, and the one that comes back.
result<std::string, error_code> exchange(const std::string& path, std::string line) {
    boost::asio::io_context io{1};
    stream_protocol::socket socket(io);
    error_code failed;
    socket.connect(stream_protocol::endpoint(path), failed);
    if (failed) return failed;
    line += '\n';
    std::string received;
    error_code ended = boost::asio::error::timed_out;
    boost::asio::async_write(
        socket, boost::asio::buffer(line), [&](error_code unsent, std::size_t) {
            if (unsent) {
                ended = unsent;
                return;
            }
            boost::asio::async_read_until(
                socket, boost::asio::dynamic_buffer(received, server::max_admin_reply), '\n',
                [&](error_code unread, std::size_t) { ended = unread; });
        });
    io.run_for(patience);
    if (ended) return ended;
    received.resize(received.find('\n'));
    return received;
}

}  // namespace

void add_admin_options(CLI::App& command, admin_options& into) {
    auto* file = command
                     .add_option("--admin-socket", into.socket,
                                 "the server's, as it said at its start (default: that of --port)")
                     ->type_name("FILE");
    command.add_option("--port", into.port, "the server's first port (default: 5062)")
        ->type_name("N")
        ->check(CLI::Range(1, 65535))
        ->excludes(file);
    command.add_flag("--json", into.json, "print one JSON object");
}

result<server::admin_reply, std::string> ask_admin(const admin_options& where,
                                                   const server::admin_command& what) {
    const bool usual = where.socket.empty();
    const auto path = usual ? server::default_admin_socket(where.port) : where.socket;
    if (usual) {
        const auto problem = server::check_admin_folder(path);
        if (problem) return *problem + ": is a server running? Or name its --admin-socket FILE";
    }
    if (path.size() >= sizeof(sockaddr_un::sun_path)) return path + " is too long for a socket";
    const auto answer = exchange(path, server::to_line(what));
    if (!answer) return cannot_connect(path, answer.error());
    auto reply = server::parse_admin_reply(*answer);
    if (!reply) return path + ": " + reply.error();
    return reply;
}

int obey_admin(const std::string& name, const admin_options& where,
               const server::admin_command& what) {
    const auto reply = ask_admin(where, what);
    if (!reply) {
        std::cerr << name << ": " << printable(reply.error()) << '\n';
        return exit_no_answer;
    }
    using outcome = server::admin_reply::outcome;
    if (where.json) std::cout << server::to_line(*reply) << '\n';
    if (reply->what != outcome::done) {
        const char* const how = reply->what == outcome::refused ? "refused: " : "";
        std::cerr << name << ": " << how << printable(reply->words) << '\n';
        return reply->what == outcome::refused ? exit_refused : exit_misused;
    }
    if (!where.json) std::cout << admin_text(*reply);
    return exit_good;
}

}  // namespace relayauth::cli
