// bench_instructions CASE COUNT answers that many requests, session bytes to bytes, and does
// nothing else: check.bash counts its instructions under callgrind.

#include "bench/micro/fixture.hpp"
#include "bench/micro/session_loop.hpp"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace {

std::optional<relayauth::bench::session_loop> loop_of(std::string_view name) {
    using namespace relayauth::bench;
    if (name == "sip_service") return session_loop({}, service_request());
    if (name == "rpc_issue") return session_loop(rpc_preface(), issue_frame());
    return std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
    const int count = argc == 3 ? std::atoi(argv[2]) : 0;
    auto loop = loop_of(argc == 3 ? argv[1] : "");
    if (!loop || count <= 0) {
        std::fprintf(stderr, "usage: bench_instructions sip_service|rpc_issue COUNT\n");
        return 2;
    }
    for (int i = 0; i < count; ++i) {
        if (!loop->once()) return 1;
    }
    return loop->answered() == loop->expected() ? 0 : 1;
}
