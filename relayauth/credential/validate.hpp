#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/dialect.hpp"
#include "relayauth/credential/limits.hpp"
#include "relayauth/credential/refusal.hpp"
#include "relayauth/keyring/ring.hpp"
#include "relayauth/token/token.hpp"

#include <optional>
#include <string_view>

namespace relayauth::credential {

// validate_request is a username as a client showed it, an MRAS one (base64) or a TURN REST name,
// and what else it must fit.
struct validate_request {
    std::string_view username;
    std::optional<std::string_view> password = {};  // as issued
    std::optional<std::string_view> realm = {};     // must be one of validate_limits::realms
    std::optional<std::string_view> identity = {};  // must be the one that it was minted for
    // The caller goes on to check a signature that only the password's holder can make. Without
    // this promise a TURN REST name needs its password, since nothing else proves that it was
    // minted.
    bool proof_follows = false;
};

// verdict says good, or why not, with everything that a person needs to believe it.
struct verdict {
    std::optional<refusal> refused = refusal::internal;  // nothing: good
    // Words of its own for the refusal, static; empty: those of the reason say it all.
    std::string_view detail;
    wall_time server_time;  // the clock that decided
    credential::dialect dialect = credential::dialect::mras;
    // The times that the credential says; absent when it could not be read. After unknown_key, and
    // in a TURN REST name that no password proved, these are claims.
    std::optional<validity_window> window;
    std::optional<token::fields> claimed;  // what an MRAS username says, likewise
    // A keyed hash of the identity, what logs may name; absent where nothing is known of it. Of a
    // TURN REST name it is the newest key's.
    std::optional<token::client_id> client;
    // Whose credential it is: of MRAS the key that signed it; of TURN REST the key that a password
    // or a message's integrity proved. A good name whose proof follows has the newest key that
    // could have minted it, since it gets that one's long-term key. Else null. Lives as the ring.
    const keyring::entry* signer = nullptr;
    ticks accept_lifetime{0};  // the longest lifetime that was accepted (for minted_ahead)

    bool good() const { return !refused; }
    // The short id of `signer`; empty when there is none. Lives as long as the ring.
    std::string_view key_id() const { return signer ? std::string_view(signer->key.id) : ""; }
    std::optional<wall_time> expires_at() const;
    std::optional<wall_time> issued_at() const;
    // The first tick at which a good one is good no more: its window closes, or its signer, which
    // only verifies, does so no longer. Nothing where there is no window.
    std::optional<wall_time> closes_at(const validity_limits& limits) const;
    // This server's clock minus the token's issue time: negative, we are behind the mint.
    std::optional<ticks> offset() const;
};

// refusal_of is what time says of a credential, as a refusal; nothing when it is valid.
std::optional<refusal> refusal_of(validity state);

// validate decides whether a credential is good at `now`, in this order: shape (malformed,
// unsupported_version), signature (unknown_key; newest key first, compared in constant time), time
// (expired, not_yet_valid, minted_ahead), wrong_realm, wrong_identity, wrong_password.
// Protocol notes 3.2. Of unknown_key the detail says if a retired key signed it. A TURN REST name
// has no signature: time, wrong_realm, wrong_password, then wrong_identity. The password of any key
// that is not retired fits, for the realm asked for or for any; without one it is wrong_password,
// unless proof_follows. Pure: reads no clock, caches no verdict. Safe from any thread.
verdict validate(const validate_request& request, const keyring::ring& keys,
                 const validate_limits& limits, wall_time now);

// validate_token is validate for an MRAS username in its raw octets, as MS-TURN carries it.
// `request.username` and `request.proof_follows` are not looked at.
verdict validate_token(bytes_view raw_username, const validate_request& request,
                       const keyring::ring& keys, const validate_limits& limits, wall_time now);

}  // namespace relayauth::credential
