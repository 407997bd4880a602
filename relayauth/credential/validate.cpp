#include "relayauth/credential/validate.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/credential/binding.hpp"
#include "relayauth/crypto/constant_time.hpp"
#include "relayauth/token/rest_name.hpp"

#include <algorithm>
#include <array>

namespace relayauth::credential {
namespace {

using crypto::constant_time_equal;

constexpr std::string_view retired_key_words =
    "the key that signed it verifies nothing any more: its certificate has expired";

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

const keyring::entry* signer_of(const token::unverified_token& raw, const keyring::ring& keys,
                                wall_time now) {
    for (const auto& each : keys.entries()) {
        if (each.stage(now) == keyring::key_stage::retired) continue;
        if (constant_time_equal(each.key.username_tag.sign(raw.blob()), raw.tag())) return &each;
    }
    return nullptr;
}

// A retired key's is as good as a stranger's, but who is told so would look for another server's.
bool signed_by_retired(const token::unverified_token& raw, const keyring::ring& keys,
                       wall_time now) {
    return std::any_of(keys.entries().begin(), keys.entries().end(), [&](const auto& each) {
        return each.stage(now) == keyring::key_stage::retired &&
               constant_time_equal(each.key.username_tag.sign(raw.blob()), raw.tag());
    });
}

std::optional<refusal> check_bindings(const validate_request& request,
                                      const token::unverified_token& verified,
                                      const keyring::signing_key& key,
                                      const validate_limits& limits) {
    if (!serves_realm(request.realm, limits)) return refusal::wrong_realm;
    if (request.identity && !constant_time_equal(key.client_id.sign(as_bytes(*request.identity)),
                                                 verified.claimed().client)) {
        return refusal::wrong_identity;
    }
    if (request.password && !fits_text(*request.password, key.password.sign(verified.username()))) {
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
    return window ? std::optional(window->expires_at) : std::nullopt;
}

std::optional<wall_time> verdict::issued_at() const {
    return window ? window->issued_at : std::nullopt;
}

std::optional<wall_time> verdict::closes_at(const validity_limits& limits) const {
    if (!window) return std::nullopt;
    const auto until = window->closes_at(limits);
    return signer == nullptr ? until : std::min(until, signer->serves_until());
}

std::optional<ticks> verdict::offset() const {
    const auto issued = issued_at();
    return issued ? std::optional(server_time - *issued) : std::nullopt;
}

verdict validate_token(bytes_view raw_username, const validate_request& request,
                       const keyring::ring& keys, const validate_limits& limits, wall_time now) {
    verdict decided;
    decided.server_time = now;
    decided.accept_lifetime = limits.time.accept_lifetime;
    const auto raw = token::unverified_token::decode(raw_username);
    if (!raw) {
        decided.refused = refusal_of(raw.error());
        return decided;
    }
    decided.claimed = raw->claimed();
    decided.client = raw->claimed().client;
    decided.window = raw->claimed().window();
    decided.signer = signer_of(*raw, keys, now);
    if (decided.signer == nullptr) {
        decided.refused = refusal::unknown_key;
        if (signed_by_retired(*raw, keys, now)) decided.detail = retired_key_words;
        return decided;
    }
    decided.refused = refusal_of(decided.window->check(limits.time, now));
    if (!decided.refused)
        decided.refused = check_bindings(request, *raw, decided.signer->key, limits);
    return decided;
}

verdict validate(const validate_request& request, const keyring::ring& keys,
                 const validate_limits& limits, wall_time now) {
    if (token::is_rest_name(request.username)) {
        return validate_rest_name(request, keys, limits, now);
    }
    std::array<std::uint8_t, token::max_username_size> binary;
    // What is not base64 is judged like no octets at all: malformed.
    const auto size = decode_base64(request.username, binary).value_or(0);
    return validate_token(bytes_view(binary).first(size), request, keys, limits, now);
}

}  // namespace relayauth::credential
