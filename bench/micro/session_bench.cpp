#include "bench/micro/fixture.hpp"
#include "relayauth/rpc/client_codec.hpp"
#include "relayauth/session/connection.hpp"

#include <benchmark/benchmark.h>

#include <cstring>

namespace relayauth::bench {
namespace {

class quiet_observer : public session::observer {
public:
    void on_event(const session::peer&, const session::event& happened) override {
        issued += happened.what == session::event::kind::issued;
    }
    std::uint64_t issued = 0;
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

// bytes_to_bytes feeds `request` again and again, as one read each, `repeats` of it pipelined.
void bytes_to_bytes(benchmark::State& state, const std::string& begin, const std::string& request,
                    int repeats) {
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
    for (auto _ : state) {
        std::memcpy(input.data(), whole.data(), whole.size());  // parsing is in place
        out.clear();
        if (link.on_bytes(*ctx, input, at, out)) return state.SkipWithError("connection ended");
        out.stamp(at);
        at = at + ticks{10};
    }
    if (events.issued !=
        static_cast<std::uint64_t>(state.iterations()) * static_cast<std::uint64_t>(repeats)) {
        return state.SkipWithError("not every request was minted for");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(events.issued));
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

}  // namespace
}  // namespace relayauth::bench
