#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/validate.hpp"
#include "relayauth/keyring/ring.hpp"
#include "relayauth/token/token.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relayauth::cli {

// explain_request is a username (any text at all) and what it is to be held against.
struct explain_request {
    std::string_view username;
    const keyring::ring* keys = nullptr;  // null: nobody checks the signature
    std::string_view key_source;          // the file that the key came from
    validity_limits limits = {};          // what the server is taken to be set to
};

// explanation is everything that can be said about a username without asking anybody.
struct explanation {
    // Why it is none, `base64 of 12 octets: too short for a credential, ..` for one; empty when it
    // has the form of one.
    std::string not_a_credential;
    std::optional<token::fields> claimed;  // what it says, be it signed or not
    std::string tried_key;                 // the key id it was held against; empty: none
    std::string key_source;
    validity_limits assumed;  // the limits of the request: the verdict hangs on them
    // With a key what a server would say, else by its form and times alone.
    credential::verdict verdict;

    bool signature_checked() const { return !tried_key.empty(); }
    bool signed_by_tried_key() const { return !verdict.key_id().empty(); }
};

// explain decodes `request.username` and decides what a server with these keys, these limits
// and a clock that shows `at` would say. The verdict's view lives as long
// as the keys. Pure; safe from any thread.
explanation explain(const explain_request& request, wall_time at);

}  // namespace relayauth::cli
