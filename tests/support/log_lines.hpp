#pragma once

#include <string>
#include <vector>

namespace relayauth::lab {

// last_line_with gives the last line of `log` that holds all of `words`; empty if there is none.
std::string last_line_with(const std::string& log, const std::vector<std::string>& words);

}  // namespace relayauth::lab
