#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/validity_window.hpp"
#include "relayauth/credential/dialect.hpp"
#include "relayauth/credential/refusal.hpp"
#include "relayauth/token/token.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::credential {

// The longest text that is looked at. A username has at most 512 octets, and what people wrap
// around one, hexadecimal or base64 once more, at most doubles that.
inline constexpr std::size_t max_explained_octets = 4096;

// rest_claims is what a TURN REST name says beside its expiry; anybody can write one.
struct rest_claims {
    std::string spelled;                  // the identity as it stands in the name; empty: none
    std::optional<std::string> identity;  // decoded; nothing if `=` and no base64url follow

    bool operator==(const rest_claims&) const = default;
};

// form is what a text says by its shape alone, be it signed or not.
struct form {
    // Of which dialect it is; of what is no credential, the one that it comes closest to.
    credential::dialect dialect = credential::dialect::mras;
    // Why it is none, `16 octets, base64 of 12 octets: too short for ..` for one; empty when it
    // has the form of one. Quotes one character of the text at most.
    std::string not_a_credential;
    refusal reason = refusal::malformed;  // of what is none: this or unsupported_version
    // One of the two, unless it is none.
    std::optional<token::fields> claimed;
    std::optional<rest_claims> rest_name;
    std::optional<validity_window> window;  // the times that it says

    bool is_credential() const { return not_a_credential.empty(); }
    bool operator==(const form&) const = default;
};

// read_form reads any octets at all. Pure; safe from any thread, as all here.
form read_form(std::string_view username);

// whole_token_size gives the octets that a username has which begins like these: major and minor
// version, and the size that goes with them. Nothing: no username begins so.
std::optional<std::size_t> whole_token_size(bytes_view octets);

inline constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// octets_of decodes base64 of any length up to max_explained_octets; nothing if it is none.
std::optional<std::vector<std::uint8_t>> octets_of(std::string_view base64);

}  // namespace relayauth::credential
