#pragma once

#include <string_view>

namespace relayauth::credential {

// dialect is the form of a credential: MRAS (protocol notes 3), whose username is signed, or TURN
// REST (draft-uberti-behave-turn-rest), whose username is not.
enum class dialect { mras, turn_rest };

// to_text is the value's name: `turn_rest`.
std::string_view to_text(dialect value);

}  // namespace relayauth::credential
