#pragma once

#include "relayauth/server/admin_reply.hpp"

#include <string>

namespace relayauth::cli {

// admin_text is what a server's state looks like to people: its words, its clock, the rules. Ends
// with a line feed. Prints nothing that a terminal would obey. Pure; safe from any thread.
std::string admin_text(const server::admin_reply& reply);

}  // namespace relayauth::cli
