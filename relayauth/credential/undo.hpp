#pragma once

#include "relayauth/credential/usual_mistakes.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relayauth::credential {

// undone is a text without one mistake that it looked like it had.
struct undone {
    std::string text;
    mistake what;
};

// undo_one undoes the first usual mistake that shows in a text which is no credential, in an order
// that keeps one from hiding another; nothing if none shows. That the result makes sense is not
// promised. Pure; safe from any thread.
std::optional<undone> undo_one(std::string_view text);

// undo_in_rest_name does the same for a text that is a TURN REST name already.
std::optional<undone> undo_in_rest_name(std::string_view name);

}  // namespace relayauth::credential
