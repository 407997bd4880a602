#include "relayauth/session/rpc_explanation.hpp"

#include "relayauth/base/bytes.hpp"
#include "relayauth/session/reply_map.hpp"

namespace relayauth::session {
namespace {

rpc::explained_verdict to_wire(const credential::judged& from) {
    rpc::explained_verdict to{from.at, from.refused.has_value(), {}, from.words};
    if (from.refused) to.why = reason_of(*from.refused);
    return to;
}

rpc::explained_text to_wire(const credential::reading& from, const credential::explanation& told) {
    rpc::explained_text to;
    to.not_a_credential = from.said.not_a_credential;
    to.dialect = dialect_of(from.said.dialect);
    if (from.said.window) {
        to.issued_at = from.said.window->issued_at;
        to.expires_at = from.said.window->expires_at;
    }
    if (const auto& claimed = from.said.claimed) {
        to.token_version = static_cast<std::uint32_t>(claimed->version);
        if (claimed->lifetime) {
            to.lifetime_seconds = static_cast<std::uint32_t>(claimed->lifetime->count());
        }
        to.client_id = as_text(claimed->client);
    }
    if (from.said.rest_name) to.spelled_identity = from.said.rest_name->spelled;
    to.checked = from.checked;
    if (from.signer) to.key_id = told.keys[*from.signer].id;
    to.identity_fits = from.identity_fits;
    to.password_fits = from.password_fits;
    to.opens_at = from.opens_at;
    to.closes_at = from.closes_at;
    to.verdicts.push_back(to_wire(from.verdict));
    if (from.meanwhile) to.verdicts.push_back(to_wire(*from.meanwhile));
    return to;
}

// verdict_of is what the log names of a verdict: both clocks, the key, a hash of the identity.
credential::verdict verdict_of(const credential::reading& read, const credential::judged& told,
                               const keyring::ring& keys) {
    credential::verdict decided;
    decided.refused = told.refused;
    decided.server_time = told.at;
    decided.dialect = read.said.dialect;
    decided.window = read.said.window;
    if (read.said.claimed) decided.client = read.said.claimed->client;
    if (read.signer) decided.signer = &keys.entries()[*read.signer];
    return decided;
}

// doubt adds to what is told by a clock that is held that nobody should go by it.
void doubt(credential::reading& read, const answering& each) {
    for (auto* told : {&read.verdict, read.meanwhile ? &*read.meanwhile : nullptr}) {
        if (told == nullptr || told->at != each.now) continue;
        told->words += "; but ";
        told->words += each.ctx.busy_because;
    }
}

}  // namespace

rpc::explained to_wire(const credential::explanation& told) {
    rpc::explained to;
    to.as_given = to_wire(told.as_given, told);
    for (const auto& each : told.mistakes) to.mistakes.push_back({each.name, each.words});
    if (told.mended) {
        to.mended_username = told.mended->username;
        to.mended = to_wire(told.mended->read, told);
    }
    for (const auto& each : told.keys) {
        to.keys.push_back({each.id, each.verifies_until, each.retired});
    }
    to.clock_tolerance = told.assumed.tolerance;
    to.expiry_grace = told.assumed.expiry_grace;
    to.accept_lifetime = told.assumed.accept_lifetime;
    to.clock_offset_setting = told.clock_offset;
    return to;
}

void answer(const answering& each, const rpc::explain_call& call) {
    const auto& in_force = each.in_force();
    auto told = credential::explain({call.username, call.password, call.identity, &in_force.keys,
                                     in_force.validate.time, each.ctx.lab().clock_offset},
                                    call.at.value_or(each.now), each.now);
    if (each.ctx.clock_held) {
        doubt(told.as_given, each);
        if (told.mended) doubt(told.mended->read, each);
    }
    rpc::write_reply(each.out, each.id, each.now, to_wire(told));
    const auto& by_own_clock = told.as_given.meanwhile.value_or(told.as_given.verdict);
    const auto decided = verdict_of(told.as_given, by_own_clock, in_force.keys);
    event happened(event::kind::explained, door::rpc);
    happened.verdict = &decided;
    happened.reason = by_own_clock.refused;
    happened.detail = by_own_clock.words;
    each.ctx.report(each.who, happened);
}

}  // namespace relayauth::session
