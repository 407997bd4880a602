#include "relayauth/credential/binding.hpp"
#include "relayauth/token/rest_name.hpp"

namespace relayauth::credential {
namespace {

// for_each_key visits the keys that could have made the password of a name: every key that is not
// retired, newest first, in the realm asked for or in all. It stops when `visit` says so.
template <class Visit>
void for_each_key(const validate_request& request, const keyring::ring& keys, wall_time now,
                  Visit visit) {
    for (const auto& each : keys.entries()) {
        if (each.stage(now) == keyring::key_stage::retired) continue;
        for (const auto& secret : each.key.turn_rest) {
            if (request.realm && secret.realm != *request.realm) continue;
            if (visit(each, secret)) return;
        }
    }
}

const keyring::entry* newest_of(const validate_request& request, const keyring::ring& keys,
                                wall_time now) {
    const keyring::entry* found = nullptr;
    for_each_key(request, keys, now, [&](const keyring::entry& each, const auto&) {
        found = &each;
        return true;
    });
    return found;
}

const keyring::entry* signer_of(const validate_request& request, const keyring::ring& keys,
                                wall_time now) {
    const keyring::entry* found = nullptr;
    for_each_key(request, keys, now,
                 [&](const keyring::entry& each, const keyring::realm_key& secret) {
                     if (!fits_text(*request.password, secret.key.sign(as_bytes(request.username))))
                         return false;
                     found = &each;
                     return true;
                 });
    return found;
}

// What logs may name. A spelling that is its own identity is not copied: no allocation for it.
std::optional<token::client_id> hash_of(const keyring::signing_key& key, std::string_view spelled) {
    if (!spelled.starts_with('=')) return key.client_id.sign(as_bytes(spelled));
    const auto identity = token::read_identity(spelled);
    if (!identity) return std::nullopt;
    return key.client_id.sign(as_bytes(*identity));
}

void refuse(verdict& decided, refusal why, std::string_view detail = {}) {
    decided.refused = why;
    decided.detail = detail;
}

void check_bindings(verdict& decided, const validate_request& request,
                    const token::unverified_rest_name& name, const keyring::ring& keys,
                    const validate_limits& limits) {
    if (!serves_realm(request.realm, limits)) return refuse(decided, refusal::wrong_realm);
    const auto* newest = newest_of(request, keys, decided.server_time);
    if (newest == nullptr) {
        return refuse(decided, refusal::wrong_realm,
                      "no TURN REST secret that still serves is held here for that realm");
    }
    if (request.password) {
        decided.signer = signer_of(request, keys, decided.server_time);
        if (decided.signer == nullptr) {
            return refuse(
                decided, refusal::wrong_password,
                "no key that serves here gives that TURN REST name this password: another key "
                "or secret, another realm's, or a wrong password");
        }
    } else if (!request.proof_follows) {
        return refuse(decided, refusal::wrong_password,
                      "a TURN REST name is not signed: only its password proves that it was "
                      "minted, and none was given");
    }
    if (request.identity && !fits_identity(*request.identity, name.identity)) {
        return refuse(decided, refusal::wrong_identity, "the name is another identity's");
    }
    if (decided.signer == nullptr) decided.signer = newest;
}

}  // namespace

// What others mint with our secret may spell an identity that we would encode as it is.
bool fits_identity(std::string_view asked, std::string_view spelled) {
    return spelled == token::spell_identity(asked) ||
           (!spelled.starts_with('=') && spelled == asked);
}

verdict validate_rest_name(const validate_request& request, const keyring::ring& keys,
                           const validate_limits& limits, wall_time now) {
    verdict decided;
    decided.server_time = now;
    decided.dialect = dialect::turn_rest;
    decided.accept_lifetime = limits.time.accept_lifetime;
    const auto name = token::decode_rest_name(request.username);
    if (!name) {
        refuse(decided, refusal::malformed,
               name.error() == token::rest_errc::expiry_too_long
                   ? "not a TURN REST name: its expiry has more than 12 digits (milliseconds?)"
                   : "not a TURN REST name: longer than the 512 octets of a STUN username");
        return decided;
    }
    decided.window = name->window();
    const auto* newest = newest_of({request.username}, keys, now);
    if (newest != nullptr) decided.client = hash_of(newest->key, name->identity);
    decided.refused = refusal_of(name->window().check(limits.time, now));
    if (!decided.refused) check_bindings(decided, request, *name, keys, limits);
    return decided;
}

}  // namespace relayauth::credential
