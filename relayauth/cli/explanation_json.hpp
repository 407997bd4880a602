#pragma once

#include "relayauth/cli/explanation_text.hpp"

#include <string>

namespace relayauth::cli {

// explanation_json is one object without a line feed, the same in every time zone. `good` is true
// only with a checked signature (or password, of a TURN REST name), and null when nothing speaks
// against it but nobody checked. `key_id` is the key that signed, and `key_retired` says that a
// server takes it no more; `keys_tried` are the keys of which none did. `identity_fits` and
// `password_fits` are null when one was given and nobody could tell. `identity`, of a TURN REST
// name that has one, is null when it cannot be decoded. Members that end in `_in_seconds` count
// from the clock that decided, negative: ago.
std::string explanation_json(const credential::explanation& told,
                             const explanation_setting& setting);

}  // namespace relayauth::cli
