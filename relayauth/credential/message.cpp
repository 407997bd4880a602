#include "relayauth/credential/message.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/base/utf8.hpp"
#include "relayauth/credential/long_term_key.hpp"
#include "relayauth/stun/message.hpp"
#include "relayauth/token/rest_name.hpp"

#include <algorithm>
#include <array>

namespace relayauth::credential {
namespace {

constexpr std::uint16_t allocate_method = 0x003;  // RFC 8656 section 17; MS-TURN's is the same

// checking is the one message at hand.
struct checking {
    const message_request& request;
    const stun::unverified_message& message;
    const keyring::ring& keys;
    const validate_limits& limits;
    stun::digest hash;
    wall_time now;
};

// problem is a refusal that has nothing to do with a credential.
struct problem {
    refusal why;
    std::string_view words;
};

std::optional<problem> look_at_shape(const stun::unverified_message& message) {
    if (!message.is_signed()) {
        return problem{refusal::malformed,
                       "the request is not signed: it has no MESSAGE-INTEGRITY (a client's first "
                       "request never has: answer it with 401)"};
    }
    if (!message.username()) {
        if (message.has_userhash()) {
            return problem{refusal::unsupported_version,
                           "it names its user by USERHASH only, which nobody can turn back here: "
                           "do not offer username anonymity in the nonce (RFC 8489 9.2)"};
        }
        return problem{refusal::malformed, "it has MESSAGE-INTEGRITY but no USERNAME"};
    }
    if (message.has_sha256_ms_integrity()) {
        return problem{refusal::unsupported_version,
                       "MS-TURN message integrity with SHA-256 is not known here: announce "
                       "MS-Version 1 or none, and clients stay with SHA-1"};
    }
    if (!message.password_algorithm()) {
        return problem{refusal::unsupported_version,
                       "its PASSWORD-ALGORITHM is neither MD5 nor SHA-256"};
    }
    return std::nullopt;
}

std::optional<problem> look_at_realm(const message_request& request,
                                     const stun::unverified_message& message) {
    if (!is_utf8(request.realm)) return problem{refusal::malformed, "the realm is not UTF-8"};
    if (!message.realm()) {
        // MS-TURN's Send requests name none: the relay's own counts (protocol notes 4.3).
        if (message.form() == stun::form::ms_turn) return std::nullopt;
        return problem{refusal::malformed, "it has MESSAGE-INTEGRITY but no REALM"};
    }
    if (as_text(*message.realm()) == request.realm) return std::nullopt;
    return problem{refusal::wrong_realm, "its REALM is another than the relay's"};
}

verdict refused(const problem& why, wall_time now) {
    verdict decided;
    decided.refused = why.why;
    decided.detail = why.words;
    decided.server_time = now;
    return decided;
}

void expect_signature(verdict& decided, bool fits) {
    if (fits) return;
    decided.refused = refusal::wrong_password;
    decided.detail =
        "its message integrity was not made with this credential's password and this realm, or it "
        "was altered on its way";
}

// A name that nothing signs may be of any key that serves the realm.
const keyring::entry* signer_of_rest_name(const checking& at) {
    const auto name = *at.message.username();
    for (const auto& each : at.keys.entries()) {
        const auto* secret = each.key.turn_rest_in(at.request.realm);
        if (secret == nullptr || each.stage(at.now) == keyring::key_stage::retired) continue;
        const auto key = long_term_key_of(name, at.request.realm, secret->key.sign(name), at.hash,
                                          spelling::text);
        if (at.message.signed_by(key.reveal())) return &each;
    }
    return nullptr;
}

// check_token is for an MRAS username, whose octets are `raw` and which enters the key as it was
// sent.
verdict check_token(const checking& at, bytes_view raw, spelling form) {
    auto decided = validate_token(raw, {.username = {}, .realm = at.request.realm}, at.keys,
                                  at.limits, at.now);
    if (!decided.good()) return decided;
    const auto key = long_term_key_of(*at.message.username(), at.request.realm,
                                      decided.signer->key.password.sign(raw), at.hash, form);
    expect_signature(decided, at.message.signed_by(key.reveal()));
    return decided;
}

verdict check_rest_name(const checking& at, std::string_view name) {
    auto decided = validate({.username = name, .realm = at.request.realm, .proof_follows = true},
                            at.keys, at.limits, at.now);
    if (!decided.good()) return decided;
    decided.signer = signer_of_rest_name(at);
    if (decided.signer != nullptr) return decided;
    decided.refused = refusal::wrong_password;
    decided.detail =
        "its message integrity fits no TURN REST secret held here for this realm: another key or "
        "secret, or a wrong password";
    return decided;
}

verdict check_username(const checking& at) {
    const auto username = *at.message.username();
    if (at.message.form() == stun::form::ms_turn) return check_token(at, username, spelling::raw);
    const auto text = as_text(username);
    if (token::is_rest_name(text)) return check_rest_name(at, text);
    std::array<std::uint8_t, token::max_username_size> binary;
    const auto size = decode_base64(text, binary).value_or(0);  // no octets are malformed as well
    return check_token(at, bytes_view(binary).first(size), spelling::text);
}

bool is_live(const message_request& request, const stun::unverified_message& message) {
    if (request.live) return *request.live;
    return message.form() == stun::form::rfc && message.method() != allocate_method;
}

bool changes_anything(const live_policy& policy) {
    return policy.rule == live_rule::allocate_only ||
           (policy.rule == live_rule::refresh_grace && policy.grace != ticks{0});
}

}  // namespace

validity_limits live_limits(const validity_limits& limits, const live_policy& policy) {
    auto bent = limits;
    switch (policy.rule) {
        case live_rule::allocate_only:
            bent.expiry_grace = ticks::max();
            break;
        case live_rule::refresh_grace:
            bent.expiry_grace += std::min(policy.grace, ticks::max() - limits.expiry_grace);
            break;
        case live_rule::hard:
            break;
    }
    return bent;
}

void note_live_session(verdict& decided, const validity_limits& limits) {
    if (!decided.good()) return;
    if (decided.window->check(limits, decided.server_time) != validity::expired) return;
    decided.detail = "good only because its session is live";
}

std::optional<wall_time> deadline_of(const verdict& decided, const validity_limits& limits,
                                     const live_policy& policy) {
    if (policy.rule == live_rule::allocate_only) return std::nullopt;
    return decided.closes_at(live_limits(limits, policy));
}

verdict check_message(const message_request& request, const keyring::ring& keys,
                      const validate_limits& limits, const live_policy& policy, wall_time now) {
    const auto message = stun::unverified_message::parse(request.octets);
    if (!message) return refused({refusal::malformed, stun::to_text(message.error())}, now);
    if (const auto wrong = look_at_shape(*message)) return refused(*wrong, now);
    if (const auto wrong = look_at_realm(request, *message)) return refused(*wrong, now);

    const bool bends = is_live(request, *message) && changes_anything(policy);
    validate_limits bent;
    if (bends) {
        bent = limits;
        bent.time = live_limits(limits.time, policy);
    }
    const checking at{
        request, *message, keys, bends ? bent : limits, *message->password_algorithm(), now};
    auto decided = check_username(at);
    if (bends) note_live_session(decided, limits.time);
    return decided;
}

}  // namespace relayauth::credential
