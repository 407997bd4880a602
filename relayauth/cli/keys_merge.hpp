#pragma once

#include "relayauth/verify/key_file.hpp"

#include <string>
#include <vector>

namespace relayauth::cli {

// add_key puts the key of the next --certificate behind the earlier ones, as `serve` has them: the
// first mints, the others verify until `next.verifies_until`; `next.mints` is not looked at. A key
// that is there already stays once, and if it only verifies, until the later of the two ends: both
// certificates vouch for it. Gives a line for people about such a key, else nothing. Pure.
std::string add_key(std::vector<verify::file_key>& keys, verify::file_key next);

}  // namespace relayauth::cli
