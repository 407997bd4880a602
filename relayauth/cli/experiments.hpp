#pragma once

#include "relayauth/cli/demo_lab.hpp"

#include <iosfwd>

namespace relayauth::cli {

// Each experiment prints its table to `out` and tells whether every row was as it must be. They
// throw demo_failure when they could not be made.
bool demo_subject(std::ostream& out, demo_lab& lab);
bool demo_clock(std::ostream& out, demo_lab& lab);

// demo_story tells how a server's clock was flipped by a time zone, and tells likewise whether all
// that was said was as it must be: it is not without the flip.
bool demo_story(std::ostream& out, demo_lab& lab, bool with_flip);

}  // namespace relayauth::cli
