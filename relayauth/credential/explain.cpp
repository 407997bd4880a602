#include "relayauth/credential/explain.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/credential/binding.hpp"
#include "relayauth/credential/validate.hpp"
#include "relayauth/credential/words.hpp"
#include "relayauth/crypto/constant_time.hpp"
#include "relayauth/token/rest_name.hpp"

#include <algorithm>
#include <iterator>
#include <span>

namespace relayauth::credential {
namespace {

using crypto::constant_time_equal;

std::span<const keyring::entry> entries_of(const explain_request& request) {
    if (request.keys == nullptr) return {};
    return request.keys->entries();
}

bool signed_by(const keyring::signing_key& key, const token::unverified_token& raw) {
    return constant_time_equal(key.username_tag.sign(raw.blob()), raw.tag());
}

bool gives_password(const keyring::signing_key& key, const explain_request& request) {
    return std::any_of(key.turn_rest.begin(), key.turn_rest.end(), [&](const auto& secret) {
        return fits_text(*request.password, secret.key.sign(as_bytes(request.username)));
    });
}

// Retired keys too: a person must know a retired key from a foreign one.
template <class Fits>
void find_signer(reading& told, const explain_request& request, Fits fits) {
    const auto entries = entries_of(request);
    for (std::size_t i = 0; i < entries.size() && !told.signer; ++i) {
        if (fits(entries[i].key)) told.signer = i;
    }
}

void hold_token(reading& told, const explain_request& request) {
    const auto octets = octets_of(request.username);
    const auto raw = token::unverified_token::decode(*octets);
    told.checked = !entries_of(request).empty();
    find_signer(told, request, [&](const auto& key) { return signed_by(key, *raw); });
    if (!told.signer) return;
    const auto& key = entries_of(request)[*told.signer].key;
    if (request.identity) {
        told.identity_fits = constant_time_equal(key.client_id.sign(as_bytes(*request.identity)),
                                                 raw->claimed().client);
    }
    if (request.password) {
        told.password_fits = fits_text(*request.password, key.password.sign(raw->username()));
    }
}

void hold_rest_name(reading& told, const explain_request& request) {
    if (request.identity) {
        told.identity_fits = fits_identity(*request.identity, told.said.rest_name->spelled);
    }
    const auto entries = entries_of(request);
    told.checked = request.password && std::any_of(entries.begin(), entries.end(), [](auto& each) {
                       return !each.key.turn_rest.empty();
                   });
    if (!told.checked) return;
    find_signer(told, request, [&](const auto& key) { return gives_password(key, request); });
    told.password_fits = told.signer.has_value();
}

// by_form is the verdict where no key can be asked.
verdict by_form(const reading& told, const explain_request& request, wall_time at) {
    verdict decided;
    decided.server_time = at;
    decided.dialect = told.said.dialect;
    decided.accept_lifetime = request.limits.accept_lifetime;
    decided.window = told.said.window;
    decided.claimed = told.said.claimed;
    decided.refused = told.said.reason;
    if (!told.said.is_credential()) return decided;
    decided.refused = refusal_of(decided.window->check(request.limits, at));
    if (!decided.refused && told.identity_fits == false) decided.refused = refusal::wrong_identity;
    return decided;
}

// retired_words tell of a refusal whose cause is the end of the signer, which validate() cannot
// date; empty: that is not why.
std::string retired_words(const reading& told, const explain_request& request,
                          const verdict& decided) {
    if (!told.signer || !decided.refused) return {};
    const auto& signer = entries_of(request)[*told.signer];
    const bool by_key = *decided.refused == refusal::unknown_key ||
                        *decided.refused == refusal::wrong_password ||
                        *decided.refused == refusal::wrong_realm;
    if (!by_key || signer.stage(decided.server_time) != keyring::key_stage::retired) return {};
    return std::string(told.said.rest_name ? "the key whose password this is"
                                           : "the key that signed it") +
           " verifies nothing any more since " + utc_text(signer.verifies_until) +
           // A clock that is moved on purpose moves that end too, and not the certificate's.
           (request.clock_offset == ticks{0} ? ", when its certificate expired" : "");
}

judged judge(const reading& told, const explain_request& request, wall_time at, decider by) {
    const validate_request asked{request.username, request.password, {}, request.identity};
    auto decided = told.checked ? validate(asked, *request.keys, {request.limits, {}}, at)
                                : by_form(told, request, at);
    if (!told.said.is_credential()) return {at, decided.refused, told.said.not_a_credential};
    const auto retired = retired_words(told, request, decided);
    if (!retired.empty()) decided.detail = retired;
    return {at, decided.refused, words(decided, request.clock_offset, by)};
}

// The signer's end ends what it signed.
void find_acceptance(reading& told, const explain_request& request) {
    if (!told.said.window) return;
    auto closes = told.said.window->closes_at(request.limits);
    if (told.signer) {
        const auto& signer = entries_of(request)[*told.signer];
        closes = std::min(closes, signer.serves_until());
    }
    told.closes_at = closes;
    told.opens_at = std::min(told.said.window->opens_at(request.limits), closes);
}

reading read(const explain_request& request, wall_time at, std::optional<wall_time> now) {
    reading told;
    told.said = read_form(request.username);
    if (told.said.claimed) hold_token(told, request);
    if (told.said.rest_name) hold_rest_name(told, request);
    find_acceptance(told, request);
    const auto by_clock = request.by_server ? decider::server : decider::this_machine;
    const bool of_now = !now || *now == at;
    told.verdict = judge(told, request, at, of_now ? by_clock : decider::asked_time);
    if (!of_now) told.meanwhile = judge(told, request, *now, by_clock);
    return told;
}

// `asked` is the request that `told` answers: of a mended username, that one.
std::vector<mistake> mistakes_in_password(const reading& told, const explain_request& asked) {
    if (told.password_fits != false) return {};
    return find_password_mistakes(*asked.password, [&](std::string_view password) {
        auto again = asked;
        again.password = password;
        return read(again, told.verdict.at, {}).password_fits == true;
    });
}

}  // namespace

explanation explain(const explain_request& request, wall_time at, std::optional<wall_time> now) {
    explanation told;
    told.as_given = read(request, at, now);
    auto found = find_mistakes(request.username, request.password);
    told.mistakes = std::move(found.mistakes);
    auto again = request;
    if (found.mended) {
        again.username = *found.mended;
        if (found.arguments_exchanged) again.password = request.username;
        told.mended = mended_reading{*found.mended, read(again, at, now)};
    }
    auto more = mistakes_in_password(told.mended ? told.mended->read : told.as_given, again);
    std::move(more.begin(), more.end(), std::back_inserter(told.mistakes));
    for (const auto& each : entries_of(request)) {
        tried_key tried{each.key.id, {}, each.stage(at) == keyring::key_stage::retired};
        if (!each.mints) tried.verifies_until = each.verifies_until;
        told.keys.push_back(std::move(tried));
    }
    told.assumed = request.limits;
    told.clock_offset = request.clock_offset;
    return told;
}

}  // namespace relayauth::credential
