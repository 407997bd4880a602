#pragma once

#include "relayauth/server/admin_socket.hpp"
#include "relayauth/server/lab.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace relayauth::server {

// clock_hooks are how `relayauth clock` reaches who watches the clock; two give words for people.
struct clock_hooks {
    std::function<std::string()> accept = [] { return std::string("nothing is held"); };
    std::function<std::string()> status = [] { return std::string("nothing is held"); };
    std::function<watched_clock()> watched = [] { return watched_clock{}; };
};

// administration is a server's door for its administrator: the socket, the lab behind it and the
// clock's hooks. One thread, that of `io`.
class administration {
public:
    // What it is given by reference must outlive it. `publish` as for lab.
    administration(boost::asio::io_context& io, const options& chosen, net::movable_clock& clock,
                   log& output, lab::publisher publish, clock_hooks hooks = {});

    // open opens the socket of --admin-socket, or the default one of `port`, and says so in the
    // log. One line if --admin-socket cannot be had; without it there is a warning, and nothing.
    std::optional<std::string> open(std::uint16_t port);
    void on_tick() { lab_.on_tick(); }
    void stop() { socket_.stop(); }

    // answer takes a line from the socket and gives one; any octets will do.
    std::string answer(std::string_view line);

private:
    const options& options_;
    log& log_;
    clock_hooks hooks_;
    lab lab_;
    admin_socket socket_;
};

}  // namespace relayauth::server
