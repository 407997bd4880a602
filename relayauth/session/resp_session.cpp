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

}  // namespace

progress resp_session::on_bytes(context& ctx, const peer& who, std::span<char> input, wall_time now,
                                std::string& out) {
    if (!may_ask(client_.rights)) {
        report(ctx, who, event::kind::peer_refused, credential::refusal::forbidden,
               "only loopback peers may ask for keys: with --redis-password-file others may, "
               "those of --allow if it is given");
        resp::append_error(out, "NOPERM this address is not served");
        return {input.size(), true};
    }
    progress total;
    const auto octets = as_bytes({input.data(), input.size()});
    while (out.size() < ctx.now_in_force().max_pending_output) {
        const auto step = framer_.next(octets.subspan(total.consumed), ctx.commands);
        if (!step) {
            report(ctx, who, event::kind::request_refused, refusal_of(step.error().why),
                   resp::to_text(step.error().why));
            resp::append_error(out, step.error());
            total.close = true;
            return total;
        }
        total.consumed += step->consumed;
        if (!step->is_command) return total;
        const auto arguments = ctx.commands.arguments();
        if (answer_command(ctx, who, client_, arguments, now, out)) {
            total.close = true;
            return total;
        }
    }
    return total;
}

}  // namespace relayauth::session
