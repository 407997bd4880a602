#pragma once

#include <optional>
#include <string_view>

namespace relayauth::credential {

// refusal is the closed set of reasons, with the same words on every wire, in the log, in its
// closing totals and in the documentation (design notes, section 4).
enum class refusal {
    // what the caller brought
    malformed,            // not a credential, or not a request
    unsupported_version,  // a form that we do not know
    unknown_key,          // signed by none of our keys, or altered: the two cannot be told apart
    expired,
    not_yet_valid,
    minted_ahead,
    wrong_password,
    wrong_realm,
    wrong_identity,
    // policy and limits
    forbidden,
    too_large,
    busy,
    // our fault
    internal,
};

// to_text is the value's name: `not_yet_valid`.
std::string_view to_text(refusal reason);

}  // namespace relayauth::credential
