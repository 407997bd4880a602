// bench_compare: relayauth beside a floor and other people's servers, in one run.

#include "cpu_time.hpp"
#include "parts.hpp"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace relayauth::compare;

int usage() {
    std::fprintf(stderr,
                 "usage: bench_compare [--rounds N] [--milliseconds N] [PART...]\n"
                 "parts: requests workers handshakes idle; all of them if none is named\n");
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    plan how;
    std::vector<std::string_view> parts;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        const int number = i + 1 < argc ? std::atoi(argv[i + 1]) : 0;
        if (word == "--rounds" && number > 0) {
            how.rounds = number;
            ++i;
        } else if (word == "--milliseconds" && number >= 400) {
            how.time.duration = std::chrono::milliseconds(number);
            ++i;
        } else if (word == "requests" || word == "workers" || word == "handshakes" ||
                   word == "idle") {
            parts.push_back(word);
        } else {
            return usage();
        }
    }
    if (::sysconf(_SC_NPROCESSORS_ONLN) < 2) {
        std::printf("two cores are needed: one for servers, one for the generator\n");
        return 1;
    }
    const on_cores harness({generator_core});
    std::printf("servers on core %d, generator on core %d; medians of %d rounds that took turns\n",
                server_core, generator_core, how.rounds);
    const auto wanted = [&](std::string_view part) {
        return parts.empty() || std::find(parts.begin(), parts.end(), part) != parts.end();
    };
    bool good = true;
    if (wanted("requests")) good = compare_requests(how) && good;
    if (wanted("workers")) good = compare_workers(how) && good;
    if (wanted("handshakes")) good = compare_handshakes(how) && good;
    if (wanted("idle")) good = measure_idle_connections() && good;
    return good ? 0 : 1;
}
