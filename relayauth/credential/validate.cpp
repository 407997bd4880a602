#include "relayauth/credential/validate.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/crypto/constant_time.hpp"

#include <algorithm>
#include <array>

namespace relayauth::credential {
namespace {

using crypto::constant_time_equal;

refusal refusal_of(token::errc why) {
    switch (why) {
        case token::errc::wrong_size:
        case token::errc::zero_lifetime:
            return refusal::malformed;
        case token::errc::unsupported_version:
            return refusal::unsupported_version;
    }
    return refusal::malformed;
}

const keyring::signing_key* signer_of(const token::unverified_token& raw, const keyring::ring& keys,
                                      wall_time now) {
    for (const auto& each : keys.entries()) {
        if (each.stage(now) == keyring::key_stage::retired) continue;
        if (constant_time_equal(each.key.username_tag.sign(raw.blob()), raw.tag()))
            return &each.key;
    }
    return nullptr;
}

bool fits_password(std::string_view shown, bytes_view username, const keyring::signing_key& key) {
    const auto password = key.password.sign(username);
    std::array<char, base64_size(token::password_size)> text;
    encode_base64(password, text.data());
    return constant_time_equal(as_bytes(shown), as_bytes({text.data(), text.size()}));
}

std::optional<refusal> check_bindings(const validate_request& request,
                                      const token::unverified_token& verified,
                                      const keyring::signing_key& key,
                                      const validate_limits& limits) {
    if (request.realm && std::find(limits.realms.begin(), limits.realms.end(), *request.realm) ==
                             limits.realms.end()) {
        return refusal::wrong_realm;
    }
    if (request.identity && !constant_time_equal(key.client_id.sign(as_bytes(*request.identity)),
                                                 verified.claimed().client)) {
        return refusal::wrong_identity;
    }
    if (request.password && !fits_password(*request.password, verified.username(), key)) {
        return refusal::wrong_password;
    }
    return std::nullopt;
}

}  // namespace

std::optional<refusal> refusal_of(validity state) {
    switch (state) {
        case validity::valid:
            return std::nullopt;
        case validity::not_yet_valid:
            return refusal::not_yet_valid;
        case validity::minted_ahead:
            return refusal::minted_ahead;
        case validity::expired:
            return refusal::expired;
    }
    return refusal::internal;
}

std::optional<wall_time> verdict::expires_at() const {
    return claimed ? std::optional(claimed->expires_at) : std::nullopt;
}

std::optional<wall_time> verdict::issued_at() const {
    return claimed ? claimed->window().issued_at : std::nullopt;
}

std::optional<ticks> verdict::offset() const {
    const auto issued = issued_at();
    return issued ? std::optional(server_time - *issued) : std::nullopt;
}

verdict validate(const validate_request& request, const keyring::ring& keys,
                 const validate_limits& limits, wall_time now) {
    verdict decided;
    decided.server_time = now;
    decided.accept_lifetime = limits.time.accept_lifetime;

    std::array<std::uint8_t, token::max_username_size> binary;
    const auto size = decode_base64(request.username, binary);
    if (!size) {
        decided.refused = refusal::malformed;
        return decided;
    }
    const auto raw = token::unverified_token::decode(bytes_view(binary).first(*size));
    if (!raw) {
        decided.refused = refusal_of(raw.error());
        return decided;
    }
    decided.claimed = raw->claimed();
    const auto* key = signer_of(*raw, keys, now);
    if (key == nullptr) {
        decided.refused = refusal::unknown_key;
        return decided;
    }
    decided.key_id = key->id;
    decided.refused = refusal_of(raw->claimed().window().check(limits.time, now));
    if (!decided.refused) decided.refused = check_bindings(request, *raw, *key, limits);
    return decided;
}

}  // namespace relayauth::credential
