#pragma once

#include "relayauth/doctor/findings.hpp"

namespace relayauth::doctor {

// healthy is what is seen of a server where all is well; tests spoil it.
findings healthy();

}  // namespace relayauth::doctor
