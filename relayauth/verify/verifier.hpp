#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/live_policy.hpp"
#include "relayauth/credential/long_term_key.hpp"
#include "relayauth/stun/digest.hpp"
#include "relayauth/verify/clock.hpp"
#include "relayauth/verify/verdict.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The one header that a relay includes. With the target relayauth::verify:
//
//     auto loaded = relayauth::verify::verifier::load("/etc/relay/verify.key");
//     if (!loaded) return fail(loaded.error());
//     const auto verdict = loaded->check_message(request, realm);
//     if (!verdict.good()) log(to_text(*verdict.refused()), verdict.words());
//
// It needs nothing but the C++20 standard library; the library behind it needs libcrypto.

namespace relayauth::verify {

using credential::live_policy;
using credential::live_rule;
using credential::spelling;
using stun::digest;

// settings are how a verifier judges; the defaults are those of `relayauth serve`. Spans are of
// std::chrono: `chosen.clock_tolerance = std::chrono::seconds(60)`.
struct settings {
    ticks clock_tolerance = std::chrono::seconds(300);  // 0 to 15 min; more would switch it off
    ticks expiry_grace{0};                              // 0 to 1 day
    // The longest lifetime that any mint grants, 1 min to 180 days: of a credential that does not
    // say when it was issued, only a later expiry than that shows a clock that runs ahead.
    ticks accept_lifetime = std::chrono::hours(8);
    // What the end of a credential means to a session that it opened; a grace of 0 to 180 days.
    live_policy live;
    // Gives now; it is called once a check, from the thread that checks. Empty: the system's clock.
    std::function<time_point()> clock;
};

class load_result;

// verifier says whether a credential is good, with no server and no network: it holds the keys of a
// key file, made by `relayauth keys export --purpose verify`. It remembers nothing between checks.
// Two things stay the relay's business: whether a request's nonce is fresh, and whether the request
// is a replay.
// Move-only. All const members are safe from any thread at once, if settings::clock is.
class verifier {
public:
    // load reads a key file. parse does the same with its text. Both fail with one line that says
    // which file and line, what is wrong and what to do: a file that cannot be read, is no regular
    // one (load waits for no pipe), is empty, cut, damaged, of another version, none at all, or
    // over 1 MiB; a realm that is not UTF-8; settings outside what they may be. A file that its
    // group or others can read is loaded with a warning. Nothing of a key is ever in the words. The
    // caller of parse wipes its text.
    static load_result load(const std::string& path, settings chosen = {});
    static load_result parse(std::string_view text, settings chosen = {});

    verifier(verifier&& other) noexcept;
    verifier& operator=(verifier&& other) noexcept;
    ~verifier();

    // warnings are lines for whoever runs the relay; usually none. Valid as long as this verifier.
    const std::vector<std::string>& warnings() const;

    // check judges a username as a client showed it, MRAS (base64) or TURN REST, for a new session.
    // An MRAS username is signed, so that alone it can be good. A TURN REST name is not: without
    // its password, or a request that the password signed, it proves nothing and is wrong_password.
    // Each form may be given the time to judge by, in place of settings::clock.
    verdict check(std::string_view username) const;
    verdict check(std::string_view username, time_point now) const;
    verdict check(std::string_view username, std::string_view password) const;
    verdict check(std::string_view username, std::string_view password, time_point now) const;

    // check_message tells whether the holder of a good credential signed a STUN, TURN or MS-TURN
    // request: RFC 5389 10.2.2, RFC 8489 9.2.4, MS-TURN. `octets` is the whole message as a
    // datagram holds it, `realm` the relay's own, which a request must name and is not checked
    // otherwise; TURN REST names need its secret in the key file. `live` says whether the session
    // exists already, so that settings::live bends the expiry; without it, RFC requests other than
    // Allocate belong to one, MS-TURN's do not, since there a refresh is another Allocate.
    // The nonce is not looked at: see above.
    verdict check_message(bytes_view octets, std::string_view realm,
                          std::optional<bool> live = {}) const;
    verdict check_message(bytes_view octets, std::string_view realm, std::optional<bool> live,
                          time_point now) const;

    // key_question is what a relay with a callback for keys knows when it is called.
    struct key_question {
        std::string_view username;  // as text: what MS-TURN sends raw, in base64
        std::string_view realm;
        verify::digest digest = verify::digest::md5;         // sha256 only for RFC 8489's
        verify::spelling spelling = verify::spelling::text;  // raw only for MS-TURN
        bool live = false;                                   // as for check_message
    };

    // key_answer is a verdict and, if it is good, the key to check the message's integrity with.
    // The key is as secret as the password; it is wiped when it goes.
    struct key_answer {
        verify::verdict verdict;
        std::optional<credential::long_term_key> key;
    };

    // long_term_key gives the key of a good credential. Good then means that the username can be
    // trusted once the message fits the key, and not before: a TURN REST name proves nothing by
    // itself. Of one, the key is that of the newest key in the file, so for an older key's use
    // check_message. `spelling::raw` of a TURN REST name is malformed: MS-TURN has no such names.
    key_answer long_term_key(const key_question& asked) const;
    key_answer long_term_key(const key_question& asked, time_point now) const;

private:
    struct state;
    explicit verifier(std::unique_ptr<const state> made);
    verdict judge(const credential::verdict& decided) const;
    verdict judge(std::string_view username, std::optional<std::string_view> password,
                  wall_time now) const;
    wall_time now() const;

    std::unique_ptr<const state> state_;
};

// load_result is a verifier, or the words that say why there is none. Look before you use it.
class load_result {
public:
    load_result(verifier made) : verifier_(std::move(made)) {}
    load_result(std::string error) : error_(std::move(error)) {}

    explicit operator bool() const { return verifier_.has_value(); }
    verifier& operator*() { return *verifier_; }
    const verifier* operator->() const { return &*verifier_; }
    const std::string& error() const { return error_; }  // empty when there is a verifier

private:
    std::optional<verifier> verifier_;
    std::string error_;
};

}  // namespace relayauth::verify
