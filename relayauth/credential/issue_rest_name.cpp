#include "relayauth/credential/issue_rest_name.hpp"

#include "relayauth/token/rest_name.hpp"

#include <algorithm>

namespace relayauth::credential {
namespace {

const keyring::realm_key* secret_for(const keyring::signing_key& key,
                                     const std::optional<std::string_view>& realm) {
    if (realm) return key.turn_rest_in(*realm);
    return key.turn_rest.empty() ? nullptr : &key.turn_rest.front();
}

}  // namespace

result<minted_rest_name, refusal> issue_rest_name(const rest_name_request& request,
                                                  const keyring::ring& keys,
                                                  const issue_limits& limits, wall_time now) {
    if (request.identity.empty()) return refusal::malformed;
    if (request.duration && request.duration->count() <= 0) return refusal::malformed;
    const auto* key = keys.minting_key(now);
    if (key == nullptr) return refusal::internal;
    const auto* secret = secret_for(*key, request.realm);
    if (secret == nullptr) return refusal::wrong_realm;

    minted_rest_name minted;
    minted.granted = std::min(request.duration.value_or(limits.max_lifetime), limits.max_lifetime);
    minted.issued_at = now;
    const std::chrono::seconds whole = minted.granted;
    const auto lifetime = std::min(request.lives_for.value_or(whole), whole);
    minted.expires_at = wall_time::from_unix((now + lifetime).unix_seconds());
    auto name = token::encode_rest_name(minted.expires_at, request.identity);
    if (!name) return refusal::too_large;
    minted.username_ = std::move(*name);
    encode_base64(secret->key.sign(as_bytes(minted.username_)), minted.password_.data());
    minted.client = key->client_id.sign(as_bytes(request.identity));
    minted.key_id = key->id;
    minted.realm = secret->realm;
    return minted;
}

}  // namespace relayauth::credential
