#include "relayauth/server/administration.hpp"

#include "relayauth/server/admin_path.hpp"

#include <utility>

namespace relayauth::server {

using outcome = admin_reply::outcome;

administration::administration(boost::asio::io_context& io, const options& chosen,
                               net::movable_clock& clock, log& output, lab::publisher publish,
                               clock_hooks hooks)
    : options_(chosen),
      log_(output),
      hooks_(std::move(hooks)),
      lab_(chosen, clock, output, std::move(publish)),
      socket_(io, [this](std::string_view line) { return answer(line); }) {}

std::optional<std::string> administration::open(std::uint16_t port) {
    lab_.begin();
    const bool chosen = !options_.admin_socket.empty();
    const auto path = chosen ? options_.admin_socket : default_admin_socket(port);
    auto problem = chosen ? std::nullopt : make_admin_folder(path);
    if (!problem) problem = socket_.open(path);
    if (problem && chosen) return "cannot open --admin-socket: " + *problem;
    if (problem) {
        log_.write(log_level::warning,
                   log_.line("no_admin_socket")
                       .words(*problem + "; `relayauth clock` and `relayauth lab` will not reach "
                                         "this server: name a place with --admin-socket FILE"));
        return std::nullopt;
    }
    log_.write(log_level::info, log_.line("admin_socket")
                                    .field("path", path)
                                    .words("for `relayauth clock` and `relayauth lab`"));
    return std::nullopt;
}

std::string administration::answer(std::string_view line) {
    const auto command = parse_admin_command(line);
    if (!command) return to_line(lab_.reply(outcome::malformed, command.error()));
    if (is_for_lab(*command)) return to_line(lab_.obey(*command));
    const bool accept = std::holds_alternative<accept_clock>(*command);
    auto words = accept ? hooks_.accept() : hooks_.status();
    auto reply = lab_.reply(outcome::done, std::move(words));
    reply.watched = hooks_.watched();
    return to_line(reply);
}

}  // namespace relayauth::server
