#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/validate.hpp"

#include <string>

namespace relayauth::credential {

// words says in one line of plain English what a verdict means, with both clocks and the signed
// offset where time decided (design notes, section 2). `clock_offset` is the server's
// --clock-offset setting; other than zero it is named. No part of the username or password is
// quoted.
std::string words(const verdict& decided, ticks clock_offset);

}  // namespace relayauth::credential
