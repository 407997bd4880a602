// What a TLS connection costs in memory that has asked once and now does nothing.

#include "bench/floor/framing.hpp"
#include "bench/micro/fixture.hpp"

#include "cpu_time.hpp"
#include "descriptor.hpp"
#include "parts.hpp"
#include "report.hpp"
#include "servers.hpp"
#include "tcp_stream.hpp"

#include <openssl/ssl.h>
#include <sys/resource.h>

#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace relayauth::compare {
namespace {

constexpr std::size_t connections = 10'000;
constexpr std::size_t other_files = 200;

bool may_open_enough() {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur >= connections + other_files) return true;
    files.rlim_cur = connections + other_files;
    if (files.rlim_max >= files.rlim_cur && ::setrlimit(RLIMIT_NOFILE, &files) == 0) return true;
    std::printf("idle connections: void: the limit of open files (ulimit -Hn) is under %zu\n",
                connections + other_files);
    return false;
}

using context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

// open_idle gives a connection that has had one answer. Only its socket stays: the server cannot
// tell that nobody could go on with it, and this side's memory does not fill up.
lab::descriptor open_idle(SSL_CTX* tls, const target& server, const std::string& request) {
    auto socket = lab::connect_tcp(server.tls_port);
    if (socket.number() < 0) return {};
    const std::unique_ptr<SSL, decltype(&SSL_free)> link(SSL_new(tls), &SSL_free);
    SSL_set_fd(link.get(), socket.number());
    if (SSL_connect(link.get()) != 1 ||
        SSL_write(link.get(), request.data(), static_cast<int>(request.size())) <= 0) {
        return {};
    }
    std::string answer;
    std::array<char, 8192> part{};
    while (!floor::message_size(answer)) {
        const int count = SSL_read(link.get(), part.data(), static_cast<int>(part.size()));
        if (count <= 0) return {};
        answer.append(part.data(), static_cast<std::size_t>(count));
    }
    return socket;
}

bool open_all(std::vector<lab::descriptor>& all, const target& server, std::size_t count) {
    const context tls(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    const auto request = bench::service_request();
    while (all.size() < count) {
        all.push_back(open_idle(tls.get(), server, request));
        if (all.back().number() < 0) return false;
    }
    return true;
}

}  // namespace

bool measure_idle_connections() {
    if (!may_open_enough()) return false;
    std::optional<on_cores> servers_here(std::in_place, std::vector<int>{server_core});
    const auto server = own_server(1);
    servers_here.reset();
    const auto ours = target_of(*server, "relayauth");
    std::vector<lab::descriptor> open;
    // The first few bring what is there once: code, tables, the worker's buffers.
    if (!open_all(open, ours, 16)) return false;
    const auto before = server->process().resident_bytes();
    const auto few = open.size();
    if (!open_all(open, ours, connections)) return false;
    std::this_thread::sleep_for(std::chrono::seconds(1));
    const auto after = server->process().resident_bytes();
    if (server->process().open_files() < connections) {
        std::printf("idle connections: the server has closed some\n");
        return false;
    }
    const double each =
        static_cast<double>(after - before) / static_cast<double>(open.size() - few) / 1024;
    std::printf("resident KiB for each of 10,000 idle TLS connections, after one answer\n    ");
    goal{40, 20}.print(each);
    return true;
}

}  // namespace relayauth::compare
