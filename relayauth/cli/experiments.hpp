#pragma once

#include "relayauth/cli/demo_lab.hpp"

#include <iosfwd>

namespace relayauth::cli {

// Each experiment prints its table to `out` and tells whether every row was as it must be. They
// throw demo_failure when they could not be made.
bool demo_subject(std::ostream& out, demo_lab& lab);
bool demo_clock(std::ostream& out, demo_lab& lab);

}  // namespace relayauth::cli
