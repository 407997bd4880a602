#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/validity_window.hpp"
#include "relayauth/base/wall_time.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace relayauth::token {

// A TURN REST username (draft-uberti-behave-turn-rest 2.2): `expiry:identity`, the expiry in
// seconds since 1970. Nothing signs it: only the password that belongs to it proves that it was
// minted.
//
// RFC 5389 15.3: a USERNAME has fewer than 513 octets.
inline constexpr std::size_t max_rest_name_size = 512;
inline constexpr std::size_t max_rest_expiry_digits = 12;

// is_rest_name tells the dialects apart: decimal digits, then a colon or the end. No MRAS username
// begins with a digit: its first octet is 1 or 2, in base64 an `A`.
bool is_rest_name(std::string_view username);

enum class rest_errc {
    expiry_too_long,  // over 12 digits: milliseconds, or no time at all
    name_too_long,    // over max_rest_name_size
};

// unverified_rest_name is a username whose shape is right; anybody can write one.
struct unverified_rest_name {
    wall_time expires_at;
    std::string_view identity;  // as spelled in the name; empty if there is none

    // Such a name does not say when it was minted.
    validity_window window() const { return {std::nullopt, expires_at}; }
};

// decode_rest_name reads a text that is_rest_name; any octets may follow its colon. The view lives
// as long as `name`. Pure; safe from any thread, as all below.
result<unverified_rest_name, rest_errc> decode_rest_name(std::string_view name);

// spell_identity is how an identity stands in the names that we mint. Letters, digits and
// `._@+:=;/-` stay; an identity with any other character, or one that begins with `=`, becomes `=`
// and its base64url without padding (RFC 4648 5). So no name of ours holds a percent sign, which
// coturn 4.6.1 would take for a printf format, a space, a quote or a control character, and no two
// identities share a spelling.
std::string spell_identity(std::string_view identity);

// read_identity turns a spelling back; nothing if it begins with `=` and is not base64url.
std::optional<std::string> read_identity(std::string_view spelled);

// encode_rest_name writes `expiry:identity`, with the expiry rounded down to whole seconds and
// spell_identity's spelling. Nothing if there is no identity, the name would be too long, or the
// expiry lies before 1970 or has more than 12 digits.
std::optional<std::string> encode_rest_name(wall_time expires_at, std::string_view identity);

}  // namespace relayauth::token
