#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::credential {

// mistake is one that a text looks like. `words` tell what is true of the text, in one line that
// quotes no more of it than a character and the digits of an expiry.
struct mistake {
    std::string name;  // of a closed set, for programs: `hexadecimal`; the README lists them
    std::string words;

    bool operator==(const mistake&) const = default;
};

struct found_mistakes {
    std::vector<mistake> mistakes;      // in the order of undoing them; empty: none that is known
    std::optional<std::string> mended;  // without them; only if that has the form of a credential
    bool arguments_exchanged = false;   // then `mended` is the password, and this one's is username
};

// find_mistakes looks for what people do to credentials on the way. A mistake is named only if
// undoing it leads to a credential, to a part of one, or to what has the size of a password: of
// other texts nothing is said. Pure; safe from any thread.
found_mistakes find_mistakes(std::string_view username, std::optional<std::string_view> password);

// find_password_mistakes looks for the same in a password that is not the username's own. Nothing
// is found unless undoing it leads to a password that `fits`; the names begin with `password_`.
// Calls `fits` at most eight times. Pure but for that.
std::vector<mistake> find_password_mistakes(std::string_view password,
                                            const std::function<bool(std::string_view)>& fits);

}  // namespace relayauth::credential
