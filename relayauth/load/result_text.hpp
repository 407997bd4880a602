#pragma once

#include "relayauth/load/result.hpp"

#include <string>

namespace relayauth::load {

// result_text is the table at the end of a run, for people at a terminal of 80 columns; its last
// line is the verdict. What servers and other machines said in it is made safe to print. Pure; safe
// from any thread.
std::string result_text(const result& from);

}  // namespace relayauth::load
