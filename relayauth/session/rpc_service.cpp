#include "relayauth/session/rpc_service.hpp"

#include "relayauth/credential/issue_rest_name.hpp"
#include "relayauth/session/lab_minting.hpp"
#include "relayauth/session/reply_map.hpp"
#include "relayauth/session/rpc_answering.hpp"
#include "relayauth/session/rpc_explanation.hpp"
#include "relayauth/session/rpc_verdicts.hpp"

namespace relayauth::session {
namespace {

using credential::refusal;

void report_issued(const answering& each, const issued_facts& told, const lab_rule* rule) {
    event happened(event::kind::issued, door::rpc);
    happened.credential = &told;
    if (rule != nullptr) happened.detail = rule->words;
    each.ctx.report(each.who, happened);
}

// issued_of fills in what both dialects have.
template <class Minted>
rpc::issued issued_of(const answering& each, const Minted& minted) {
    return {.username = minted.username(),
            .password = minted.password(),
            .issued_at = minted.issued_at,
            .expires_at = minted.expires_at,
            .duration_minutes = static_cast<std::uint32_t>(minted.granted.count()),
            .realms = {},
            .relays = each.in_force().relay_views,
            .key_id = minted.key_id};
}

std::optional<std::chrono::minutes> duration_of(const rpc::issue_call& call) {
    if (!call.duration_minutes) return std::nullopt;
    return std::chrono::minutes(*call.duration_minutes);
}

minting minting_for(const answering& each, const rpc::issue_call& call, bool tells_issue_time,
                    const lab_rule* rule) {
    const minting honest{&each.in_force().keys, duration_of(call), each.now};
    if (rule == nullptr) return honest;
    return spoil(*rule, honest, tells_issue_time, each.in_force(), each.ctx.lab());
}

constexpr std::string_view minting_failed = "no key is minting, or minting failed";

void issue_token(const answering& each, const rpc::issue_call& call, const lab_rule* rule) {
    if (call.token_version != 1 && call.token_version != 2) {
        return each.refuse(event::kind::issue_refused, refusal::unsupported_version,
                           "token versions are 1 and 2");
    }
    const auto version = static_cast<token::version>(call.token_version);
    const auto with = minting_for(each, call, version == token::version::v2, rule);
    const auto minted = credential::issue({call.identity, with.duration, version, with.lives_for},
                                          *with.keys, each.in_force().issue, with.now);
    if (!minted) return each.refuse(event::kind::issue_refused, minted.error(), minting_failed);
    report_issued(each, issued_facts(*minted), rule);
    auto answer = issued_of(each, *minted);
    answer.token_version = static_cast<std::uint32_t>(minted->version);
    answer.realms = each.in_force().realm_views;
    rpc::write_reply(each.out, each.id, each.now, answer);
}

// Why no TURN REST name was minted, and what can be done.
std::string_view no_rest_name_words(refusal why) {
    if (why == refusal::wrong_realm) {
        return "this server has no TURN REST secret for that realm: start it with --realm R, "
               "once for each realm";
    }
    if (why == refusal::malformed)
        return "a TURN REST credential is for somebody: name an identity";
    if (why == refusal::too_large) {
        return "the identity does not fit into the 512 octets of a TURN REST name";
    }
    return minting_failed;
}

void issue_rest_name(const answering& each, const rpc::issue_call& call, const lab_rule* rule) {
    const auto with = minting_for(each, call, false, rule);
    const auto minted =
        credential::issue_rest_name({call.identity, with.duration, call.realm, with.lives_for},
                                    *with.keys, each.in_force().issue, with.now);
    if (!minted) {
        return each.refuse(event::kind::issue_refused, minted.error(),
                           no_rest_name_words(minted.error()));
    }
    report_issued(each, issued_facts(*minted), rule);
    auto answer = issued_of(each, *minted);
    answer.token_version = 0;
    answer.realms = {&minted->realm, 1};
    answer.dialect = rpc::dialect::turn_rest;
    rpc::write_reply(each.out, each.id, each.now, answer);
}

void answer(const answering& each, const rpc::issue_call& call) {
    if (each.rights != standing::may_mint) {
        return each.refuse(event::kind::peer_refused, refusal::forbidden, advice(each.rights));
    }
    const auto* rule = each.ctx.rule_for(call.identity);
    if (rule != nullptr && refuses(rule->what))
        return each.refuse(event::kind::issue_refused, refusal_of(rule->what), rule->words);
    if (rule != nullptr && spoils_delivery(rule->what)) each.ctx.spoil_delivery(*rule);
    switch (call.dialect) {
        case rpc::dialect::mras:
            return issue_token(each, call, rule);
        case rpc::dialect::turn_rest:
            return issue_rest_name(each, call, rule);
    }
    each.refuse(event::kind::issue_refused, refusal::unsupported_version,
                "dialects are 0 (MRAS) and 1 (TURN REST)");
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
    info.clock_offset_setting = each.ctx.lab().clock_offset;
    info.keys = keys;
    const std::string_view product = in_force.product;
    info.version = product.substr(product.find('/') + 1);  // `0.1.0` of `relayauth/0.1.0'
    info.max_lifetime_minutes = static_cast<std::uint32_t>(in_force.issue.max_lifetime.count());
    info.clock_tolerance = in_force.validate.time.tolerance;
    info.lab = each.ctx.lab().on;
    rpc::write_reply(each.out, each.id, each.now, info);
}

// What a call counts as that is refused since the server is busy. Nothing: it is answered all the
// same, as ServerInfo always is, and Explain while the clock is held, for that is when people ask
// what became of their credentials.
std::optional<event::kind> refused_when_busy(const rpc::call& asked, bool clock_held) {
    if (std::holds_alternative<rpc::issue_call>(asked.body)) return event::kind::issue_refused;
    if (std::holds_alternative<rpc::validate_call>(asked.body) ||
        std::holds_alternative<rpc::check_message_call>(asked.body)) {
        return event::kind::validate_refused;
    }
    if (std::holds_alternative<rpc::explain_call>(asked.body) && !clock_held)
        return event::kind::request_refused;
    return std::nullopt;
}

}  // namespace

void answering::refuse(event::kind what, refusal reason, std::string_view words,
                       const peer_clock* clock) const {
    event happened(what, door::rpc);
    happened.reason = reason;
    happened.detail = words;
    if (clock != nullptr) clock->add_to(happened);
    ctx.report(who, happened);
    refuse_call(ctx, id, reason, words, now, out);
}

void refuse_call(context& ctx, std::uint64_t id, refusal reason, std::string_view words,
                 wall_time now, std::string& out) {
    rpc::refusal_details details;
    details.why = reason_of(reason);
    details.words = words;
    details.server_time = now;
    details.clock_offset_setting = ctx.lab().clock_offset;
    rpc::write_reply(out, id, now, details);
}

void answer_call(context& ctx, const peer& who, standing rights, bytes_view payload,
                 peer_clock& clock, wall_time now, std::string& out) {
    const auto call = ctx.calls.parse(payload);
    if (!call) {
        const answering each{ctx, who, rights, call.error().id, now, out};
        return each.refuse(event::kind::request_refused, refusal_of(call.error().why),
                           rpc::to_text(call.error().why));
    }
    const answering each{ctx, who, rights, call->id, now, out};
    if (call->client_time) clock.note(ctx, who, door::rpc, *call->client_time, now);
    if (!ctx.busy_because.empty()) {
        if (const auto refused = refused_when_busy(*call, ctx.clock_held))
            return each.refuse(*refused, refusal::busy, ctx.busy_because);
    }
    // A clock of ours that is held accuses nobody.
    if (std::holds_alternative<rpc::issue_call>(call->body) &&
        clock.is_refused(ctx.now_in_force())) {
        ctx.words = clock.refusal_words();
        return each.refuse(event::kind::issue_refused, refusal::forbidden, ctx.words, &clock);
    }
    std::visit([&each](const auto& body) { answer(each, body); }, call->body);
}

}  // namespace relayauth::session
