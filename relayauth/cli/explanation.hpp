#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/validate.hpp"
#include "relayauth/keyring/ring.hpp"
#include "relayauth/token/token.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::cli {

// explain_request is a username (any text at all) and what it is to be held against.
struct explain_request {
    std::string_view username;
    const keyring::ring* keys = nullptr;  // null or empty: nobody checks the signature
    // The certificate files: the nth key of the ring came from the nth; with an empty ring, files
    // that hold no private key.
    std::span<const std::string> certificate_files;
    validity_limits limits = {};  // what the server is taken to be set to
};

// rest_claims is what a TURN REST name says; anybody can write one.
struct rest_claims {
    std::string spelled;                  // the identity as it stands in the name; empty: none
    std::optional<std::string> identity;  // decoded; nothing if `=` and no base64url follow
};

// tried_key is a key that the signature was held against.
struct tried_key {
    std::string id;
    std::string file;                         // of its certificate
    std::optional<wall_time> verifies_until;  // nothing: it mints
    bool retired = false;                     // at the time of the verdict
};

// explanation is everything that can be said about a username without asking anybody.
struct explanation {
    // Why it is none, `base64 of 12 octets: too short for a credential, ..` for one; empty when it
    // has the form of one.
    std::string not_a_credential;
    // What it says, be it signed or not; one of the two, unless it is no credential.
    std::optional<token::fields> claimed;  // an MRAS username
    std::optional<rest_claims> rest_name;  // a TURN REST name; its expiry is in the verdict
    std::vector<std::string> certificate_files;
    std::vector<tried_key> tried_keys;  // newest first; empty: nobody checked the signature
    // The one of tried_keys that signed it, also when it is retired and the verdict unknown_key.
    std::optional<std::size_t> signer;
    validity_limits assumed;  // the limits of the request: the verdict hangs on them
    // With a key what a server would say, else by its form and times alone.
    credential::verdict verdict;

    bool signature_checked() const { return !tried_keys.empty(); }
};

// explain decodes `request.username` and decides what a server with these keys, these limits
// and a clock that shows `at` would say; of a TURN REST name, which no key signs, by its form and
// times. The verdict's view lives as long as the keys. Pure; safe from any thread.
explanation explain(const explain_request& request, wall_time at);

}  // namespace relayauth::cli
