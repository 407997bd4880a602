#pragma once

#include <string_view>

namespace relayauth::rpc {

// reason is the closed set of refusals (design.md 4) as this wire names it; proto/README.md says
// what each one means. The values are those of Reason in the .proto file.
enum class reason {
    malformed = 1,
    unknown_key,
    expired,
    not_yet_valid,
    minted_ahead,
    wrong_password,
    wrong_realm,
    wrong_identity,
    forbidden,
    busy,
    too_large,
    unsupported_version,
    internal,
};

// to_text is the word that stands for `why` on every wire, in the log and its totals,
// `not_yet_valid` for one.
std::string_view to_text(reason why);

}  // namespace relayauth::rpc
