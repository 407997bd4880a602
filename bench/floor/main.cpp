// bench_floor: the least that a server can do for a SIP request and still answer it.

#include "server.hpp"
#include "tls_link.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: bench_floor CERTIFICATE KEY FILE-WITH-THE-ANSWER\n");
        return 2;
    }
    std::ifstream file(argv[3], std::ios::binary);
    const std::string answer{std::istreambuf_iterator<char>(file), {}};
    const relayauth::floor::tls_settings settings(argv[1], argv[2]);
    if (answer.empty() || !settings.ok()) {
        std::fprintf(stderr, "bench_floor: cannot use these files\n");
        return 1;
    }
    relayauth::floor::server server(settings, answer);
    const auto port = server.listen();
    if (port == 0) return 1;
    std::printf("port %d\n", port);
    std::fflush(stdout);
    server.run();
}
