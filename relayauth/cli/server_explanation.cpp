#include "relayauth/cli/server_explanation.hpp"

#include "relayauth/session/reply_map.hpp"
#include "relayauth/token/rest_name.hpp"

#include <algorithm>
#include <chrono>

namespace relayauth::cli {
namespace {

using credential::refusal;

refusal refusal_of(const std::optional<rpc::reason>& why) {
    for (int i = 0; i <= static_cast<int>(refusal::internal); ++i) {
        if (session::reason_of(static_cast<refusal>(i)) == why) return static_cast<refusal>(i);
    }
    return refusal::internal;  // of a newer server: its words say more
}

credential::judged judged_of(const rpc::explained_verdict& from) {
    credential::judged to{from.at, {}, from.words};
    if (from.refused) to.refused = refusal_of(from.why);
    return to;
}

std::optional<token::fields> claims_of(const rpc::explained_text& from) {
    token::fields to;
    const bool known = from.token_version == 1 || from.token_version == 2;
    if (!known || !from.expires_at || from.client_id.size() != to.client.size()) {
        return std::nullopt;
    }
    to.version = static_cast<token::version>(from.token_version);
    to.expires_at = *from.expires_at;
    std::copy(from.client_id.begin(), from.client_id.end(), to.client.begin());
    if (from.lifetime_seconds != 0) to.lifetime = std::chrono::seconds(from.lifetime_seconds);
    return to;
}

credential::form form_of(const rpc::explained_text& from) {
    credential::form to;
    const bool rest = from.dialect == rpc::dialect::turn_rest;
    to.dialect = rest ? credential::dialect::turn_rest : credential::dialect::mras;
    to.not_a_credential = from.not_a_credential;
    if (!to.is_credential()) {
        if (!from.verdicts.empty()) to.reason = refusal_of(from.verdicts.front().why);
        return to;
    }
    if (rest && from.expires_at) {
        to.rest_name = {from.spelled_identity, token::read_identity(from.spelled_identity)};
    }
    if (!rest) to.claimed = claims_of(from);
    if (to.rest_name || to.claimed) {
        to.window = validity_window{from.issued_at, *from.expires_at};
    } else {
        to.not_a_credential = "a credential of a kind that this program does not know";
    }
    return to;
}

credential::reading reading_of(const rpc::explained_text& from,
                               const std::vector<credential::tried_key>& keys) {
    credential::reading to;
    to.said = form_of(from);
    to.checked = from.checked;
    for (std::size_t i = 0; i < keys.size() && !to.signer; ++i) {
        if (!from.key_id.empty() && keys[i].id == from.key_id) to.signer = i;
    }
    to.identity_fits = from.identity_fits;
    to.password_fits = from.password_fits;
    to.opens_at = from.opens_at;
    to.closes_at = from.closes_at;
    to.verdict.refused = refusal::internal;
    if (!from.verdicts.empty()) to.verdict = judged_of(from.verdicts[0]);
    if (from.verdicts.size() > 1) to.meanwhile = judged_of(from.verdicts[1]);
    return to;
}

}  // namespace

credential::explanation explanation_of(const rpc::explained& told) {
    credential::explanation to;
    for (const auto& each : told.keys) {
        to.keys.push_back({each.key_id, each.verifies_until, each.retired});
    }
    to.as_given = reading_of(told.as_given, to.keys);
    for (const auto& each : told.mistakes) to.mistakes.push_back({each.name, each.words});
    if (told.mended) {
        to.mended =
            credential::mended_reading{told.mended_username, reading_of(*told.mended, to.keys)};
    }
    to.assumed.tolerance = told.clock_tolerance;
    to.assumed.expiry_grace = told.expiry_grace;
    to.assumed.accept_lifetime = told.accept_lifetime;
    to.clock_offset = told.clock_offset_setting;
    return to;
}

}  // namespace relayauth::cli
