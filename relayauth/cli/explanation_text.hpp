#pragma once

#include "relayauth/cli/explanation.hpp"

#include <string>

namespace relayauth::cli {

// explanation_text is for people; `now` is this machine's clock, and times are shown in UTC and in
// its time zone. Ends with a line feed. Prints nothing that a terminal would obey.
std::string explanation_text(const explanation& told, wall_time now);

// explanation_json is one object without a line feed. `good` is true only with a checked signature,
// and null when nothing speaks against it but nobody checked, as of every TURN REST name. `key_id`
// is the key that signed, and `key_retired` says that a server takes it no more. `identity`, of a
// TURN REST name that has one, is null when it cannot be decoded.
std::string explanation_json(const explanation& told);

}  // namespace relayauth::cli
