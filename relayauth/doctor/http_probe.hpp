#pragma once

#include "relayauth/client/connect_settings.hpp"
#include "relayauth/doctor/time_budget.hpp"

#include <string>

namespace relayauth::doctor {

// answer_to_get is the beginning of what a server says to an HTTP request; empty: nothing, or no
// connection. For servers that did not answer as SIP. Waits as long as `settings` say, and no
// longer than `budget` has left.
std::string answer_to_get(const client::connect_settings& settings, const time_budget& budget);

}  // namespace relayauth::doctor
