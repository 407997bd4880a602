#include "bench/micro/fixture.hpp"
#include "bench/micro/session_loop.hpp"
#include "relayauth/credential/issue.hpp"
#include "relayauth/credential/validate.hpp"
#include "relayauth/rpc/client_codec.hpp"

#include <benchmark/benchmark.h>

namespace relayauth::bench {
namespace {

// run feeds `request` again and again, as one read each.
void run(benchmark::State& state, session_loop loop) {
    for (auto _ : state) {
        if (!loop.once()) return state.SkipWithError("connection ended");
    }
    if (loop.answered() != loop.expected()) {
        return state.SkipWithError("not every request was granted");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(loop.answered()));
}

void sip_session_service(benchmark::State& state) {
    run(state, {{}, service_request()});
}
BENCHMARK(sip_session_service);

void sip_session_16_pipelined(benchmark::State& state) {
    run(state, {{}, service_request(), {.repeats = 16}});
}
BENCHMARK(sip_session_16_pipelined);

void rpc_session_issue(benchmark::State& state) {
    run(state, {rpc_preface(), issue_frame()});
}
BENCHMARK(rpc_session_issue);

// The same hundred credentials for both benchmarks below, each its own.
constexpr int batch = 100;
std::vector<std::string> usernames() {
    const auto keys = make_ring();
    std::vector<std::string> all;
    for (int i = 0; i < batch; ++i) {
        const auto identity = "sip:user" + std::to_string(i) + "@example.com";
        all.emplace_back(credential::issue({identity, std::nullopt}, keys, {}, now)->username());
    }
    return all;
}

void rpc_session_validate_batch(benchmark::State& state) {
    const auto names = usernames();
    std::vector<rpc::validate_item> items(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) items[i].username = names[i];
    std::string frame;
    rpc::call call;
    call.id = 1;
    call.body = rpc::validate_call{items};
    rpc::write_call(frame, call);
    run(state, {rpc_preface(), frame, {.answers_each = batch}});
}
BENCHMARK(rpc_session_validate_batch);

// What the call above is compared with: nothing but the check of those usernames.
void validate_batch_without_rpc(benchmark::State& state) {
    const auto names = usernames();
    const auto keys = make_ring();
    const credential::validate_limits limits;
    auto at = now;
    for (auto _ : state) {
        for (const auto& each : names) {
            if (!credential::validate({each}, keys, limits, at).good())
                return state.SkipWithError("a good credential was refused");
        }
        at = at + ticks{10};
    }
    state.SetItemsProcessed(state.iterations() * batch);
}
BENCHMARK(validate_batch_without_rpc);

}  // namespace
}  // namespace relayauth::bench
