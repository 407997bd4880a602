#include "relayauth/session/resp_session.hpp"

#include "relayauth/resp/reply.hpp"
#include "relayauth/session/reply_map.hpp"

namespace relayauth::session {
namespace {

void report(context& ctx, const peer& who, event::kind what, credential::refusal reason,
            std::string_view detail) {
    event happened(what, door::redis);
    happened.reason = reason;
    happened.detail = detail;
    ctx.report(who, happened);
}

progress refuse_peer(context& ctx, const peer& who, std::size_t received, std::string& out) {
    report(ctx, who, event::kind::peer_refused, credential::refusal::forbidden,
           "only loopback peers may ask for keys: with --redis-password-file others may, "
           "those of --allow if it is given");
    resp::append_error(out, "NOPERM this address is not served");
    return {received, true};
}

}  // namespace

bool resp_session::is_too_long_before_auth(const context& ctx, std::size_t unfinished) const {
    const bool trusted = client_.authenticated || !ctx.now_in_force().redis.password;
    return !trusted && unfinished > max_bytes_before_auth;
}

progress resp_session::on_bytes(context& ctx, const peer& who, std::span<char> input, wall_time now,
                                std::string& out) {
    if (!may_ask(client_.rights)) return refuse_peer(ctx, who, input.size(), out);
    progress total;
    const auto octets = as_bytes({input.data(), input.size()});
    while (out.size() < ctx.now_in_force().max_pending_output) {
        auto step = framer_.next(octets.subspan(total.consumed), ctx.commands);
        if (step) total.consumed += step->consumed;
        if (step && !step->is_command &&
            is_too_long_before_auth(ctx, octets.size() - total.consumed)) {
            step = resp::fault{resp::errc::command_too_long};
        }
        if (!step) {
            report(ctx, who, event::kind::request_refused, refusal_of(step.error().why),
                   resp::to_text(step.error().why));
            resp::append_error(out, step.error());
            total.close = true;
            return total;
        }
        if (!step->is_command) return total;
        const auto arguments = ctx.commands.arguments();
        total.close = answer_command(ctx, who, client_, arguments, now, out);
        if (total.close) return total;
    }
    return total;
}

}  // namespace relayauth::session
