#include "relayauth/session/rpc_service.hpp"

#include "relayauth/credential/words.hpp"
#include "relayauth/session/reply_map.hpp"

namespace relayauth::session {
namespace {

using credential::refusal;

// answering is the one call at hand and where its reply goes.
struct answering {
    context& ctx;
    const peer& who;
    standing rights;
    std::uint64_t id;
    wall_time now;
    std::string& out;

    const settings& in_force() const { return ctx.now_in_force(); }
    void refuse(event::kind what, refusal reason, std::string_view words) const {
        event happened(what, door::rpc);
        happened.reason = reason;
        happened.detail = words;
        ctx.report(who, happened);
        refuse_call(ctx, id, reason, words, now, out);
    }
};

void reply_issued(const answering& each, const credential::minted& minted) {
    const auto& in_force = each.in_force();
    rpc::issued answer;
    answer.username = minted.username();
    answer.password = minted.password();
    answer.token_version = static_cast<std::uint32_t>(minted.version);
    answer.issued_at = minted.issued_at;
    answer.expires_at = minted.expires_at;
    answer.duration_minutes = static_cast<std::uint32_t>(minted.granted.count());
    answer.realms = in_force.realm_views;
    answer.relays = in_force.relay_views;
    answer.key_id = minted.key_id;
    each.ctx.replies.write(each.out, each.id, each.now, answer);
}

void answer(const answering& each, const rpc::issue_call& call) {
    if (each.rights != standing::may_mint) {
        return each.refuse(event::kind::peer_refused, refusal::forbidden, advice(each.rights));
    }
    if (call.token_version != 1 && call.token_version != 2) {
        return each.refuse(event::kind::issue_refused, refusal::unsupported_version,
                           "token versions are 1 and 2");
    }
    credential::issue_request wanted;
    wanted.identity = call.identity;
    wanted.version = static_cast<token::version>(call.token_version);
    if (call.duration_minutes) wanted.duration = std::chrono::minutes(*call.duration_minutes);
    const auto minted =
        credential::issue(wanted, each.in_force().keys, each.in_force().issue, each.now);
    if (!minted) {
        return each.refuse(event::kind::issue_refused, minted.error(),
                           "no key is minting, or minting failed");
    }
    event happened(event::kind::issued, door::rpc);
    const issued_facts told(*minted);
    happened.credential = &told;
    each.ctx.report(each.who, happened);
    reply_issued(each, *minted);
}

rpc::verdict to_wire(const credential::verdict& decided, std::string_view words,
                     const settings& in_force) {
    if (decided.good()) {
        rpc::good_credential good;
        good.key_id = decided.key_id;
        good.issued_at = decided.issued_at();
        good.expires_at = *decided.expires_at();
        good.remaining =
            decided.claimed->window().closes_at(in_force.validate.time) - decided.server_time;
        good.token_version = static_cast<std::uint32_t>(decided.claimed->version);
        return good;
    }
    rpc::refusal_details refused;
    refused.why = reason_of(*decided.refused);
    refused.words = words;
    refused.server_time = decided.server_time;
    refused.issued_at = decided.issued_at();
    refused.expires_at = decided.expires_at();
    refused.offset = decided.offset();
    refused.clock_offset_setting = in_force.clock_offset;
    return refused;
}

void answer(const answering& each, const rpc::validate_call& call) {
    const auto& in_force = each.in_force();
    auto& verdicts = each.ctx.verdicts;
    auto& words = each.ctx.verdict_words;
    verdicts.clear();
    words.clear();
    words.reserve(call.items.size());  // the views below must not move
    for (const auto& item : call.items) {
        const auto decided =
            credential::validate({item.username, item.password, item.realm, item.identity},
                                 in_force.keys, in_force.validate, each.now);
        words.push_back(decided.good() ? std::string()
                                       : credential::words(decided, in_force.clock_offset));
        verdicts.push_back(to_wire(decided, words.back(), in_force));

        event happened(decided.good() ? event::kind::validated : event::kind::validate_refused,
                       door::rpc);
        happened.reason = decided.refused;
        happened.detail = words.back();
        happened.verdict = &decided;
        each.ctx.report(each.who, happened);
    }
    each.ctx.replies.write(each.out, each.id, each.now, std::span<const rpc::verdict>(verdicts));
}

void answer(const answering& each, const rpc::server_info_call&) {
    const auto& in_force = each.in_force();
    std::vector<rpc::key_state> keys;
    for (std::size_t i = 0; i < in_force.keys.entries().size(); ++i) {
        const auto& entry = in_force.keys.entries()[i];
        keys.push_back({entry.key.id, stage_of(entry.stage(each.now)), in_force.not_after[i]});
    }
    rpc::server_info info;
    info.server_time = each.now;
    info.clock_offset_setting = in_force.clock_offset;
    info.keys = keys;
    const std::string_view product = in_force.product;
    info.version = product.substr(product.find('/') + 1);  // `0.1.0` of `relayauth/0.1.0'
    info.max_lifetime_minutes = static_cast<std::uint32_t>(in_force.issue.max_lifetime.count());
    info.clock_tolerance = in_force.validate.time.tolerance;
    each.ctx.replies.write(each.out, each.id, each.now, info);
}

}  // namespace

void refuse_call(context& ctx, std::uint64_t id, refusal reason, std::string_view words,
                 wall_time now, std::string& out) {
    rpc::refusal_details details;
    details.why = reason_of(reason);
    details.words = words;
    details.server_time = now;
    details.clock_offset_setting = ctx.now_in_force().clock_offset;
    ctx.replies.write(out, id, now, details);
}

void answer_call(context& ctx, const peer& who, standing rights, bytes_view payload, wall_time now,
                 std::string& out) {
    const auto call = ctx.calls.parse(payload);
    if (!call) {
        const answering each{ctx, who, rights, call.error().id, now, out};
        return each.refuse(event::kind::request_refused, refusal_of(call.error().why),
                           rpc::to_text(call.error().why));
    }
    const answering each{ctx, who, rights, call->id, now, out};
    if (ctx.busy) {
        return each.refuse(event::kind::request_refused, refusal::busy,
                           "shutting down, or at the limit of --max-memory");
    }
    std::visit([&each](const auto& body) { answer(each, body); }, call->body);
}

}  // namespace relayauth::session
