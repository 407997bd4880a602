#include "relayauth/session/mras_service.hpp"

#include "relayauth/mras/request.hpp"
#include "relayauth/mras/response.hpp"
#include "relayauth/session/lab_minting.hpp"
#include "relayauth/session/reply_map.hpp"

namespace relayauth::session {
namespace {

using credential::refusal;
using mras::reason_phrase;

constexpr std::string_view own_version = "3.0";
constexpr mras::protocol_version version_1_0{1, 0};

// The head of an answer to a request that could be read: exact copies, and the client's version.
mras::response_head echo(const mras::request& asked, reason_phrase reason) {
    return {.request_id = asked.request_id,
            .to = asked.to,
            .from = asked.from,
            .version = asked.version_text,
            .with_server_version = asked.version != version_1_0,
            .reason = reason};
}

mras_answer write_refusal(context& ctx, const mras::response_head& head, std::string_view detail) {
    ctx.body.clear();
    mras::begin_response(ctx.body, head);
    mras::end_response(ctx.body);
    return {head.reason, detail};
}

mras_answer refuse_malformed(context& ctx, const mras::parsed_request& parsed) {
    mras::response_head head;
    head.version = own_version;
    const auto why = *parsed.why;
    if (why == mras::errc::too_many_credentials_requests) {
        head = echo(parsed.value, reason_phrase_of(why));
    }
    head.reason = reason_phrase_of(why);
    return write_refusal(ctx, head, mras::to_text(why));
}

event refusal_event(refusal reason, std::string_view detail) {
    event happened(event::kind::issue_refused);
    happened.reason = reason;
    happened.detail = detail;
    return happened;
}

void report_refusal(context& ctx, const peer& who, refusal reason, std::string_view detail) {
    ctx.report(who, refusal_event(reason, detail));
}

// mint_all writes one credentialsResponse for each request; a refusal if one cannot be had.
std::optional<refusal> mint_all(context& ctx, const peer& who, const mras::request& asked,
                                wall_time now) {
    const auto& in_force = ctx.now_in_force();
    const auto version = asked.version == version_1_0 ? token::version::v1 : token::version::v2;
    std::optional<std::string_view> realm;
    if (!in_force.validate.realms.empty()) realm = in_force.validate.realms.front();
    for (const auto& each : asked.credentials) {
        minting with{&in_force.keys, std::nullopt, now};
        if (each.duration_minutes) with.duration = std::chrono::minutes(*each.duration_minutes);
        const auto* rule = ctx.rule_for(each.identity);
        if (rule != nullptr)
            with = spoil(*rule, with, version == token::version::v2, in_force, ctx.lab());
        const auto minted =
            credential::issue({each.identity, with.duration, version, with.lives_for}, *with.keys,
                              in_force.issue, with.now);
        if (!minted) return minted.error();

        mras::add_credentials(
            ctx.body, {.id = each.id,
                       .username = minted->username(),
                       .password = minted->password(),
                       .duration_minutes = static_cast<std::uint32_t>(minted->granted.count()),
                       .realm = realm,
                       .relay_list_xml = in_force.relay_directory.list_xml(each.where, asked.by)});

        event happened(event::kind::issued);
        const issued_facts told(*minted);
        happened.credential = &told;
        if (rule != nullptr) happened.detail = rule->words;
        ctx.report(who, happened);
    }
    return std::nullopt;
}

// The first rule, in the order of the request, that is about the answer as a whole.
const lab_rule* rule_for_answer(const context& ctx, const mras::request& asked) {
    if (ctx.lab().rules.empty()) return nullptr;
    for (const auto& each : asked.credentials) {
        const auto* rule = ctx.rule_for(each.identity);
        if (rule != nullptr && !spoils_credential(rule->what)) return rule;
    }
    return nullptr;
}

}  // namespace

mras_answer answer_mras(context& ctx, const peer& who, std::span<char> body,
                        const peer_clock& clock, wall_time now) {
    const auto& parsed = ctx.mras_requests.parse(body);
    if (parsed.why) {
        report_refusal(ctx, who, refusal_of(*parsed.why), mras::to_text(*parsed.why));
        return refuse_malformed(ctx, parsed);
    }
    const auto& asked = parsed.value;
    if (!mras::is_supported(asked.version)) {
        constexpr std::string_view detail = "this server speaks MRAS 1.0, 2.0 and 3.0";
        report_refusal(ctx, who, refusal::unsupported_version, detail);
        auto head = echo(asked, reason_phrase::version_mismatch);
        head.version = mras::version_to_offer(asked.version);
        return write_refusal(ctx, head, detail);
    }
    if (!ctx.busy_because.empty()) {
        report_refusal(ctx, who, refusal::busy, ctx.busy_because);
        return write_refusal(ctx, echo(asked, reason_phrase::server_busy), ctx.busy_because);
    }
    // After that: a clock of ours that is held accuses nobody.
    if (clock.is_refused(ctx.now_in_force())) {
        ctx.words = clock.refusal_words();
        auto happened = refusal_event(refusal::forbidden, ctx.words);
        clock.add_to(happened);
        ctx.report(who, happened);
        return write_refusal(ctx, echo(asked, reason_phrase::forbidden), ctx.words);
    }
    if (const auto* rule = rule_for_answer(ctx, asked)) {
        if (refuses(rule->what)) {
            report_refusal(ctx, who, refusal_of(rule->what), rule->words);
            return write_refusal(ctx, echo(asked, reason_phrase_of(rule->what)), rule->words);
        }
        ctx.spoil_delivery(*rule);
    }

    ctx.body.clear();
    mras::begin_response(ctx.body, echo(asked, reason_phrase::ok));
    if (const auto refused = mint_all(ctx, who, asked, now)) {
        constexpr std::string_view detail = "no key is minting, or minting failed";
        report_refusal(ctx, who, *refused, detail);
        return write_refusal(ctx, echo(asked, reason_phrase_of(*refused)), detail);
    }
    mras::end_response(ctx.body);
    return {};
}

}  // namespace relayauth::session
