#include "relayauth/session/connection.hpp"

#include <algorithm>

namespace relayauth::session {
namespace {

// Above this a buffer that has become empty is given back: idle connections are many.
constexpr std::size_t kept_for_reuse = 4096;

}  // namespace

bool connection::inside_message() const {
    if (const auto* sip = std::get_if<sip_session>(&protocol_)) return sip->inside_message();
    if (const auto* rpc = std::get_if<rpc_session>(&protocol_)) return rpc->inside_message();
    if (const auto* resp = std::get_if<resp_session>(&protocol_)) return resp->inside_message();
    return false;
}

bool connection::is_trusted_relay(const settings& in_force) const {
    if (listener_ != listener::redis || !may_ask(rights_)) return false;
    const auto* resp = std::get_if<resp_session>(&protocol_);
    return !in_force.redis.password || (resp != nullptr && resp->is_authenticated());
}

void connection::begin(context& ctx, char first_octet) {
    if (listener_ == listener::redis) {
        protocol_.emplace<resp_session>(rights_);
    } else if (first_octet == '\0') {
        protocol_.emplace<rpc_session>(ctx.now_in_force().max_frame_bytes, rights_);
    } else {
        protocol_.emplace<sip_session>(may_ask(rights_) ? ctx.sip_limits : ctx.refused_sip_limits,
                                       rights_);
    }
}

progress connection::dispatch(context& ctx, std::span<char> input, wall_time now, output& out) {
    if (std::holds_alternative<std::monostate>(protocol_)) {
        if (input.empty()) return {};
        begin(ctx, input.front());
    }
    if (auto* resp = std::get_if<resp_session>(&protocol_)) {
        return resp->on_bytes(ctx, who_, input, now, out.bytes);
    }
    if (auto* rpc = std::get_if<rpc_session>(&protocol_)) {
        const auto made = rpc->on_bytes(ctx, who_, input, now, out.bytes);
        out.needs_stamp = true;
        return made;
    }
    return std::get<sip_session>(protocol_).on_bytes(ctx, who_, input, now, out.bytes);
}

bool connection::on_bytes(context& ctx, std::span<char> fresh, wall_time now, output& out) {
    const bool from_kept = !kept_.empty();
    if (from_kept) kept_.insert(kept_.end(), fresh.begin(), fresh.end());
    const auto input = from_kept ? std::span<char>(kept_) : fresh;

    // Behind an answer that is held nothing is answered yet.
    const bool waits = out.delivery.holds();
    const auto made = waits ? progress() : dispatch(ctx, input, now, out);
    if (!waits) out.delivery = made.delivery;
    const bool full = out.bytes.size() >= ctx.now_in_force().max_pending_output;
    has_backlog_ = !made.close && (full || out.delivery.holds()) && made.consumed < input.size();
    progressed_ = made.consumed > 0;
    keep(input, from_kept, made.close ? input.size() : made.consumed);
    return made.close;
}

void connection::keep(std::span<char> rest, bool from_kept, std::size_t consumed) {
    const auto left = rest.subspan(consumed);
    if (!from_kept) {
        kept_.assign(left.begin(), left.end());
        return;
    }
    kept_.erase(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(consumed));
    if (kept_.empty() && kept_.capacity() > kept_for_reuse) std::vector<char>().swap(kept_);
}

}  // namespace relayauth::session
