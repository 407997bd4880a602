#pragma once

#include "relayauth/base/validity_window.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/form.hpp"
#include "relayauth/credential/refusal.hpp"
#include "relayauth/credential/usual_mistakes.hpp"
#include "relayauth/keyring/ring.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::credential {

// explain_request is a username, any octets at all, and what it is to be held against.
struct explain_request {
    std::string_view username;
    std::optional<std::string_view> password = {};  // as shown with it
    std::optional<std::string_view> identity = {};  // whom it may have been minted for
    const keyring::ring* keys = nullptr;            // null or empty: nobody checks the signature
    validity_limits limits = {};                    // those of the server that it stands in for
    // Its --clock-offset, which the words name where its own clock decides.
    ticks clock_offset{0};
    bool by_server = true;  // false: no server decides, so that the words name none
};

// tried_key is a key that signatures were held against.
struct tried_key {
    std::string id;
    std::optional<wall_time> verifies_until;  // nothing: it mints
    bool retired = false;                     // at the time of the verdict

    bool operator==(const tried_key&) const = default;
};

// judged is what a server whose clock shows `at` says.
struct judged {
    wall_time at;
    std::optional<refusal> refused;  // nothing: nothing speaks against it
    std::string words;               // quote nothing of username or password

    bool operator==(const judged&) const = default;
};

// reading is everything that can be said of one text.
struct reading {
    form said;
    // Whether keys were held against its signature, or of a TURN REST name, which has none, against
    // its password. If not, the verdict is by its form and times (and identity) alone.
    bool checked = false;
    // The one of explanation::keys that signed it or gives it this password, also when it is
    // retired and the verdict unknown_key.
    std::optional<std::size_t> signer;
    // Whether identity and password are its own; nothing: not asked, or no key here can tell.
    std::optional<bool> identity_fits;
    std::optional<bool> password_fits;
    // The first tick, and the first tick after, of a clock by which it is accepted, as far as times
    // and the signer's own end decide. Absent from what is no credential; equal: no clock does.
    std::optional<wall_time> opens_at;
    std::optional<wall_time> closes_at;
    judged verdict;                   // at the time asked for
    std::optional<judged> meanwhile;  // at `now`, if another time was asked for

    // Whether some clock accepts it: nothing but time is known to stand against it.
    bool has_acceptance() const {
        return opens_at < closes_at && (signer || !checked) && identity_fits != false &&
               password_fits != false;
    }
    bool operator==(const reading&) const = default;
};

// mended_reading is what a text says once the mistakes in it are undone.
struct mended_reading {
    std::string username;
    reading read;

    bool operator==(const mended_reading&) const = default;
};

struct explanation {
    reading as_given;
    // What the username looks like, in the order of undoing it; then likewise the password, if that
    // makes it the username's own.
    std::vector<mistake> mistakes;
    std::optional<mended_reading> mended;  // if undoing them gives a credential
    std::vector<tried_key> keys;           // newest first
    validity_limits assumed;               // the limits of the request: the verdicts hang on them
    ticks clock_offset{0};

    bool operator==(const explanation&) const = default;
};

// explain says everything that is true of `request.username` by a clock that shows `at`, and by one
// that shows `now` if that is another time. Never fails; owns all that it gives. Pure: reads no
// clock. Safe from any thread.
explanation explain(const explain_request& request, wall_time at,
                    std::optional<wall_time> now = std::nullopt);

}  // namespace relayauth::credential
