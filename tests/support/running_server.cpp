#include "running_server.hpp"

#include "log_lines.hpp"

#include <gtest/gtest.h>

#include <signal.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

namespace relayauth::lab {
namespace {

// A server that is not told where to have its administration socket.
const std::string default_place = "--admin-socket=default";

std::vector<std::string> serve_command(const std::vector<std::string>& options,
                                       const std::string& admin_socket,
                                       const lab_certificate& certificate) {
    std::vector<std::string> words = {
        relayauth_program, "serve",         "--certificate", certificate.certificate,
        "--key",           certificate.key, "--listen",      "127.0.0.1:0"};
    bool names_place = false;
    bool names_http = false;
    for (const auto& each : options) {
        names_place = names_place || each.starts_with("--admin-socket");
        names_http = names_http || each.starts_with("--http-listen");
        if (each != default_place) words.push_back(each);
    }
    if (!names_place) words.insert(words.end(), {"--admin-socket", admin_socket});
    if (!names_http) words.insert(words.end(), {"--http-listen", "127.0.0.1:0"});
    return words;
}

}  // namespace

const lab_certificate& shared_certificate() {
    static const temporary_folder folder;
    static const auto made = make_certificate(folder, "gobblygook.confusedamused.com");
    return made;
}

running_server::running_server(const std::vector<std::string>& options,
                               const lab_certificate& certificate,
                               const std::vector<std::string>& environment)
    : process_(serve_command(options, admin_socket(), certificate), environment) {
    eventually([this] {
        return !wait_for_line({"clock", "server_time"}, 0ms).empty() || !process_.running();
    });
    port_ = port_of("127.0.0.1");
    EXPECT_TRUE(port_ != 0 && process_.running()) << "the server did not start:\n" << log();
}

std::uint16_t running_server::port_of(std::string_view listener) const {
    return port_in({"listening", std::string(listener), "SIP"});
}

std::uint16_t running_server::redis_port() const {
    return port_in({"listening", "Redis"});
}

std::uint16_t running_server::http_port() const {
    return port_in({"listening", "HTTP"});
}

// A line of either format: `listening address=127.0.0.1 port=5062`, or as JSON.
std::uint16_t running_server::port_in(const std::vector<std::string>& words) const {
    const auto line = wait_for_line(words, 0ms);
    const std::string_view name = "port";
    const auto at = line.find(name);
    if (at == std::string::npos) return 0;
    return static_cast<std::uint16_t>(
        std::atoi(line.c_str() + line.find_first_not_of("=\":", at + name.size())));
}

std::string running_server::wait_for_line(const std::vector<std::string>& words,
                                          std::chrono::milliseconds within) const {
    std::string found;
    eventually(
        [&] {
            found = last_line_with(log(), words);
            return !found.empty();
        },
        within);
    return found;
}

std::size_t running_server::count_lines(std::string_view words) const {
    std::size_t count = 0;
    std::istringstream lines(log());
    for (std::string line; std::getline(lines, line);) {
        if (line.find(words) != std::string::npos) ++count;
    }
    return count;
}

std::string running_server::stop() {
    const stopwatch running;
    process_.signal(SIGTERM);
    EXPECT_EQ(process_.wait(), 0) << log();
    // The promise is 5 s; the rest is for a machine that is busy with something else.
    EXPECT_LT(running.elapsed(), 7s);
    const auto last = wait_for_line({"stopped"}, 0ms);
    EXPECT_NE(last, "") << log();
    return last;
}

}  // namespace relayauth::lab
