#include "bench/micro/fixture.hpp"
#include "relayauth/credential/issue.hpp"
#include "relayauth/credential/validate.hpp"
#include "relayauth/rpc/client_codec.hpp"
#include "relayauth/session/connection.hpp"

#include <benchmark/benchmark.h>

#include <cstring>

namespace relayauth::bench {
namespace {

class quiet_observer : public session::observer {
public:
    void on_event(const session::peer&, const session::event& happened) override {
        answered += happened.what == session::event::kind::issued ||
                    happened.what == session::event::kind::validated;
    }
    std::uint64_t answered = 0;
};

std::shared_ptr<const session::settings> make_settings() {
    const std::vector<mras::media_relay> relays = {
        {mras::location::internet, "turn.example.com", 3478, 443},
        {mras::location::intranet, "turn.corp.example.com", 3478, 443}};
    auto made =
        std::make_shared<session::settings>(relays, std::vector<std::string>{"example.com"});
    made->keys = make_ring();
    made->not_after.push_back(wall_time::max());
    made->product = "relayauth/0.1.0";
    return made;
}

session::peer loopback_peer() {
    session::peer who;
    who.address = "127.0.0.1";
    who.port = 51234;
    return who;
}

// bytes_to_bytes feeds `request` again and again, as one read each, `repeats` of it pipelined Each
// gets `items_each` answers.
void bytes_to_bytes(benchmark::State& state, const std::string& begin, const std::string& request,
                    int repeats, int items_each = 1) {
    quiet_observer events;
    auto ctx = std::make_unique<session::context>(make_settings(), events, 1);
    session::connection link(loopback_peer(), session::standing::may_mint);
    session::output out;
    std::string first = begin;
    if (!first.empty()) link.on_bytes(*ctx, first, now, out);

    std::string whole;
    for (int i = 0; i < repeats; ++i) whole += request;
    std::string input = whole;
    auto at = now;
    const auto items = repeats * items_each;
    for (auto _ : state) {
        std::memcpy(input.data(), whole.data(), whole.size());  // parsing is in place
        out.clear();
        if (link.on_bytes(*ctx, input, at, out)) return state.SkipWithError("connection ended");
        out.stamp(at);
        at = at + ticks{10};
    }
    if (events.answered !=
        static_cast<std::uint64_t>(state.iterations()) * static_cast<std::uint64_t>(items)) {
        return state.SkipWithError("not every request was granted");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(events.answered));
}

void sip_session_service(benchmark::State& state) {
    bytes_to_bytes(state, "", service_request(), 1);
}
BENCHMARK(sip_session_service);

void sip_session_16_pipelined(benchmark::State& state) {
    bytes_to_bytes(state, "", service_request(), 16);
}
BENCHMARK(sip_session_16_pipelined);

void rpc_session_issue(benchmark::State& state) {
    std::string preface, frame;
    rpc::write_preface(preface);
    rpc::call call;
    call.id = 1;
    call.body = rpc::issue_call{"sip:alice@example.com", 480};
    rpc::write_call(frame, call);
    bytes_to_bytes(state, preface, frame, 1);
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
    std::string preface, frame;
    rpc::write_preface(preface);
    rpc::call call;
    call.id = 1;
    call.body = rpc::validate_call{items};
    rpc::write_call(frame, call);
    bytes_to_bytes(state, preface, frame, 1, batch);
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
