#pragma once

#include "relayauth/base/validity_window.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/dialect.hpp"
#include "relayauth/credential/refusal.hpp"
#include "relayauth/verify/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relayauth::credential {
struct verdict;
}

namespace relayauth::verify {

using credential::dialect;
using credential::refusal;
using credential::to_text;  // of a refusal or a dialect: `not_yet_valid`

// verdict says good, or why not. It is a small value that allocates nothing; words() makes its
// text when asked. Its texts live as long as the verifier that decided. Safe from any thread.
class verdict {
public:
    bool good() const { return !refused_; }

    // refused is the reason, nothing when good. A verifier gives these:
    //   malformed            no credential; no STUN request, or one that nobody signed
    //   unsupported_version  a token, an algorithm or a form of request that is not known
    //   unknown_key          signed by none of the key file's keys, or altered
    //   expired              an old credential, or this clock is ahead
    //   not_yet_valid        issued in this clock's future: this clock is behind, or the mint ahead
    //   minted_ahead         outlives what settings::accept_lifetime allows
    //   wrong_password       the password, or the request's signature, is not the credential's own
    //   wrong_realm          the request names another realm, or the file has no secret for it
    std::optional<refusal> refused() const { return refused_; }

    // words is one line of plain English for a log: what is wrong, and both clocks and the offset
    // where time decided. It quotes no part of a username, password or request.
    std::string words() const;

    // The clock that decided.
    time_point server_time() const { return to_time_point(server_time_); }

    // What the credential says of itself; nothing when it could not be read or does not say. After
    // unknown_key, and of a TURN REST name that nothing proved, these are claims.
    std::optional<time_point> expires_at() const;
    std::optional<time_point> issued_at() const;

    // offset is this clock minus the issue time: negative, this clock is behind the mint's. In
    // steps of 100 ns; std::chrono::duration_cast makes seconds of it.
    std::optional<ticks> offset() const;

    // deadline is what settings::live makes of a good credential's end: the first moment at which
    // the relay must have cut the session (hard), or from which it will be refused (refresh_grace).
    // Nothing under allocate_only, and of a credential that was refused.
    std::optional<time_point> deadline() const;

    // key_id is the short id of the key that signed an MRAS username, or that made the password of
    // a TURN REST name: one that was shown, or that signed the request. Empty when no key is proved
    // so. In a key_answer for a TURN REST name, it is the key that the answer was made with.
    std::string_view key_id() const { return key_id_; }
    verify::dialect dialect() const { return dialect_; }

private:
    friend class verifier;
    verdict(const credential::verdict& decided, std::optional<wall_time> deadline);

    std::optional<refusal> refused_;
    verify::dialect dialect_;
    std::string_view detail_;
    std::string_view key_id_;
    wall_time server_time_;
    std::optional<validity_window> window_;
    std::optional<wall_time> deadline_;
    ticks accept_lifetime_;
};

}  // namespace relayauth::verify
