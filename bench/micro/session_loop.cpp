#include "bench/micro/session_loop.hpp"

#include "bench/micro/fixture.hpp"
#include "relayauth/rpc/client_codec.hpp"

#include <cstring>
#include <vector>

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

}  // namespace

std::string rpc_preface() {
    std::string preface;
    rpc::write_preface(preface);
    return preface;
}

std::string issue_frame() {
    std::string frame;
    rpc::call call;
    call.id = 1;
    call.body = rpc::issue_call{"sip:alice@example.com", 480};
    rpc::write_call(frame, call);
    return frame;
}

struct session_loop::parts {
    quiet_observer events;
    session::context context{make_settings(), events, 1};
    session::connection link{loopback_peer(), session::standing::may_mint};
    session::output out;
    std::string whole, input;
    wall_time at = now;
};

session_loop::session_loop(const std::string& begin, const std::string& request, shape form)
    : parts_(std::make_unique<parts>()),
      expected_each_(static_cast<std::uint64_t>(form.repeats * form.answers_each)) {
    auto first = begin;
    if (!first.empty()) parts_->link.on_bytes(parts_->context, first, now, parts_->out);
    for (int i = 0; i < form.repeats; ++i) parts_->whole += request;
    parts_->input = parts_->whole;
}

session_loop::session_loop(session_loop&&) noexcept = default;
session_loop::~session_loop() = default;

bool session_loop::once() {
    auto& it = *parts_;
    std::memcpy(it.input.data(), it.whole.data(), it.whole.size());  // parsing is in place
    it.out.clear();
    if (it.link.on_bytes(it.context, it.input, it.at, it.out)) return false;
    it.out.stamp(it.at);
    it.at = it.at + ticks{10};
    expected_ += expected_each_;
    return true;
}

std::uint64_t session_loop::answered() const {
    return parts_->events.answered;
}

}  // namespace relayauth::bench
