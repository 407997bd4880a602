#include "relayauth/session/rpc_session.hpp"

#include "relayauth/session/reply_map.hpp"
#include "relayauth/session/rpc_service.hpp"

namespace relayauth::session {
namespace {

using credential::refusal;

bytes_view octets_of(std::span<char> input) {
    return as_bytes({input.data(), input.size()});
}

void report(context& ctx, const peer& who, event::kind what, refusal reason,
            std::string_view detail) {
    event happened(what, door::rpc);
    happened.reason = reason;
    happened.detail = detail;
    ctx.report(who, happened);
}

}  // namespace

rpc_session::begin rpc_session::read_preface(context& ctx, const peer& who, bytes_view input,
                                             wall_time now, std::string& out) {
    switch (rpc::check_preface(input)) {
        case rpc::preface_match::need_more:
            return begin::need_more;
        case rpc::preface_match::matches:
            break;
        case rpc::preface_match::unsupported_version:
            report(ctx, who, event::kind::request_refused, refusal::unsupported_version,
                   "another version of the rpc preface");
            refuse_call(ctx, 0, refusal::unsupported_version, "this server speaks rpc version 1",
                        now, out);
            return begin::refused;
        case rpc::preface_match::mismatch:
            report(ctx, who, event::kind::unknown_protocol, refusal::malformed,
                   "begins with NUL but is not the rpc preface");
            return begin::refused;
    }
    if (may_ask(rights_)) return begin::begun;
    report(ctx, who, event::kind::peer_refused, refusal::forbidden, advice(rights_));
    refuse_call(ctx, 0, refusal::forbidden,
                rights_ == standing::tls_required ? "TLS required" : "this peer may not ask", now,
                out);
    return begin::refused;
}

progress rpc_session::on_bytes(context& ctx, const peer& who, std::span<char> input, wall_time now,
                               std::string& out) {
    progress total;
    if (!begun_) {
        inside_message_ = !input.empty();
        switch (read_preface(ctx, who, octets_of(input), now, out)) {
            case begin::need_more:
                return total;
            case begin::refused:
                return {input.size(), true};
            case begin::begun:
                break;
        }
        begun_ = true;
        total.consumed = rpc::preface.size();
    }
    const auto most = ctx.now_in_force().max_pending_output;
    while (out.size() < most) {
        const auto frame = framer_.next(octets_of(input.subspan(total.consumed)));
        if (!frame) {
            report(ctx, who, event::kind::request_refused, refusal_of(frame.error()),
                   rpc::to_text(frame.error()));
            refuse_call(ctx, 0, refusal_of(frame.error()), rpc::to_text(frame.error()), now, out);
            total.close = true;
            return total;
        }
        inside_message_ = total.consumed < input.size();
        if (!*frame) return total;
        const auto began = out.size();
        answer_call(ctx, who, rights_, (*frame)->payload, clock_, now, out);
        total.consumed += (*frame)->consumed;
        if (ctx.delivery_rule() != nullptr) total.obey_lab(ctx, began, out);
        if (total.ends_read()) break;
    }
    inside_message_ = total.consumed < input.size();
    return total;
}

}  // namespace relayauth::session
