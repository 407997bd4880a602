#include "relayauth/session/rpc_verdicts.hpp"

#include "relayauth/credential/long_term_key.hpp"
#include "relayauth/credential/message.hpp"
#include "relayauth/credential/words.hpp"
#include "relayauth/session/reply_map.hpp"

namespace relayauth::session {
namespace {

using credential::refusal;

rpc::good_credential to_wire(const credential::verdict& decided, bytes_view key,
                             const settings& in_force) {
    rpc::good_credential good;
    good.key_id = decided.key_id();
    good.issued_at = decided.issued_at();
    good.expires_at = *decided.expires_at();
    good.remaining = *decided.closes_at(in_force.validate.time) - decided.server_time;
    good.token_version = 0;  // a TURN REST name is no token
    if (decided.claimed) good.token_version = static_cast<std::uint32_t>(decided.claimed->version);
    good.long_term_key = key;
    good.dialect = dialect_of(decided.dialect);
    return good;
}

rpc::refusal_details to_wire(const credential::verdict& decided, std::string_view words,
                             ticks clock_offset) {
    rpc::refusal_details refused;
    refused.why = reason_of(*decided.refused);
    refused.words = words;
    refused.server_time = decided.server_time;
    refused.issued_at = decided.issued_at();
    refused.expires_at = decided.expires_at();
    refused.offset = decided.offset();
    refused.clock_offset_setting = clock_offset;
    return refused;
}

// tell writes and reports one verdict; `key` is empty or the long-term key that was asked for.
void tell(const answering& each, rpc::verdict_writer& verdicts, const credential::verdict& decided,
          bytes_view key) {
    const auto& in_force = each.in_force();
    event happened(decided.good() ? event::kind::validated : event::kind::validate_refused,
                   door::rpc);
    happened.reason = decided.refused;
    happened.verdict = &decided;
    if (decided.good()) {
        verdicts.add(to_wire(decided, key, in_force));
        return each.ctx.report(each.who, happened);
    }
    const auto clock_offset = each.ctx.lab().clock_offset;
    const auto words = credential::words(decided, clock_offset);
    verdicts.add(to_wire(decided, words, clock_offset));
    happened.detail = words;
    each.ctx.report(each.who, happened);
}

// refuse_item makes a verdict that says nothing of the credential, which nobody looked at.
credential::verdict refuse_item(const answering& each, refusal why, std::string_view words) {
    credential::verdict decided;
    decided.refused = why;
    decided.detail = words;
    decided.server_time = each.now;
    return decided;
}

credential::verdict validate(const answering& each, const rpc::validate_item& item,
                             bool proof_follows) {
    return credential::validate(
        {item.username, item.password, item.realm, item.identity, proof_follows},
        each.in_force().keys, each.in_force().validate, each.now);
}

// What is wrong with wanting the key of `item`, whatever its credential is.
std::optional<credential::verdict> refuse_key(const answering& each,
                                              const rpc::validate_item& item) {
    if (!digest_of(item.key_digest) || !spelling_of(item.key_spelling)) {
        return refuse_item(each, refusal::unsupported_version,
                           "a key_digest or key_spelling that this server does not know");
    }
    if (!item.realm) {
        return refuse_item(each, refusal::malformed,
                           "a long-term key is made for a realm, and the item names none");
    }
    if (!may_have_keys(each.who)) {
        return refuse_item(each, refusal::forbidden,
                           "long-term keys are for callers on the server's own host and for those "
                           "with a certificate under --relay-ca");
    }
    return std::nullopt;
}

void tell_with_key(const answering& each, rpc::verdict_writer& verdicts,
                   const rpc::validate_item& item) {
    if (const auto refused = refuse_key(each, item)) return tell(each, verdicts, *refused, {});
    const auto form = *spelling_of(item.key_spelling);
    const auto decided = validate(each, item, true);
    if (decided.dialect == credential::dialect::turn_rest && form == credential::spelling::raw) {
        return tell(each, verdicts,
                    refuse_item(each, refusal::malformed,
                                "a TURN REST name has no raw octets: its key is made of text"),
                    {});
    }
    const auto key = credential::long_term_key_of(decided, item.username, *item.realm,
                                                  *digest_of(item.key_digest), form);
    tell(each, verdicts, decided, key ? key->reveal() : bytes_view());
}

}  // namespace

void answer(const answering& each, const rpc::validate_call& call) {
    rpc::verdict_writer verdicts(each.out, rpc::verdict_writer::call::validate, each.id, each.now);
    for (const auto& item : call.items) {
        if (item.key_digest == rpc::key_digest::none) {
            tell(each, verdicts, validate(each, item, false), {});
        } else {
            tell_with_key(each, verdicts, item);
        }
    }
    verdicts.end();
}

void answer(const answering& each, const rpc::check_message_call& call) {
    const auto& in_force = each.in_force();
    rpc::verdict_writer verdicts(each.out, rpc::verdict_writer::call::check_message, each.id,
                                 each.now);
    // Bends no limit, whatever the method: which sessions live, the relay knows and nobody here.
    constexpr credential::live_policy same_for_all{credential::live_rule::hard};
    for (const auto& item : call.items) {
        const auto decided = credential::check_message({item.message, item.realm}, in_force.keys,
                                                       in_force.validate, same_for_all, each.now);
        tell(each, verdicts, decided, {});
    }
    verdicts.end();
}

}  // namespace relayauth::session
