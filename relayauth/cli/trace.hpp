#pragma once

#include "relayauth/client/mras_client.hpp"

#include <string>
#include <string_view>

namespace relayauth::cli {

// mask_passwords replaces what is inside every XML element whose local name is `password`, whatever
// its prefix and whatever is in it, by asterisks; an element without an end is masked to the end of
// the text. Pure; safe from any thread.
std::string mask_passwords(std::string_view text);

// trace_text shows both messages of an exchange with `server`, with passwords masked and nothing in
// it that a terminal would obey; it says what it changed. A body that is no text is only counted.
// Pure; safe from any thread.
std::string trace_text(const client::exchange& happened, std::string_view server);

}  // namespace relayauth::cli
