// Full TLS handshakes, P-256: `openssl s_time -new` against relayauth and against `openssl
// s_server`.

#include "cpu_time.hpp"
#include "parts.hpp"
#include "report.hpp"
#include "servers.hpp"

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

namespace relayauth::compare {
namespace {

// The last line counts: `1318 connections in 3 real seconds, 0 bytes read per connection`. The rate
// of the line before it is per second of s_time's own processor time.
double connections_in(const std::string& said) {
    const auto end = said.rfind(" connections in ");
    if (end == said.npos) return 0;
    const auto before = said.find_last_not_of("0123456789", end - 1);
    return std::atof(said.c_str() + (before == said.npos ? 0 : before + 1));
}

// finished_children_used gives the processor time of all programs that have ended.
double finished_children_used() {
    rusage used{};
    ::getrusage(RUSAGE_CHILDREN, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// s_time counts whole seconds, and takes up to one more than it was told.
bool add_s_time(series& to, const target& server, const timing& time) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(time.duration);
    const auto begin = std::chrono::steady_clock::now();
    const auto cpu_begin = cpu_time_of(server.id);
    const double client_begin = finished_children_used();
    const auto done = lab::run({"openssl", "s_time", "-new", "-connect",
                                "127.0.0.1:" + std::to_string(server.tls_port), "-time",
                                std::to_string(seconds.count())});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    const auto cpu_end = cpu_time_of(server.id);
    const std::chrono::duration<double> used = cpu_end.ran - cpu_begin.ran;
    const double count = connections_in(done.output);
    if (done.code != 0 || count <= 0 || used.count() <= 0) {
        std::printf("openssl s_time against %s, exit code %d:\n%s\n", server.name.c_str(),
                    done.code, done.errors.c_str());
        return false;
    }
    sample made;
    made.rate = count / took.count();
    made.cpu_ns = used.count() * 1e9 / count;
    made.server_busy = used / took;
    made.kept_waiting = (cpu_end.waited - cpu_begin.waited) / took;
    made.generator_busy = (finished_children_used() - client_begin) / took.count();
    to.push_back(made);
    return true;
}

}  // namespace

bool compare_handshakes(const plan& how) {
    std::optional<on_cores> servers_here(std::in_place, std::vector<int>{server_core});
    const auto server = own_server(1);
    openssl_server openssl;
    servers_here.reset();
    const auto theirs = openssl.where();
    if (!theirs) return false;
    const auto ours = target_of(*server, "relayauth");
    series by_ours, by_theirs, with_request;
    for (int i = 0; i < how.rounds; ++i) {
        if (!add_s_time(by_ours, ours, how.time) || !add_s_time(by_theirs, *theirs, how.time))
            return false;
        const auto asked = run_generator(ours, {"sip-tls", 1, 0, true}, how.time);
        if (!asked) return false;
        with_request.push_back(*asked);
    }
    // Connections for a second of CPU, ours over theirs, are the same ratio.
    const goal held_to{1.0, 1.3, true};
    print_cpu_row("openssl s_server's CPU for a full TLS handshake, P-256 / ours", by_theirs,
                  by_ours, held_to);
    print_cpu_row("the same / ours with a SERVICE and its answer in each connection", by_theirs,
                  with_request, held_to);
    return true;
}

}  // namespace relayauth::compare
