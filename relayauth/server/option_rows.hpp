#pragma once

#include "relayauth/server/option_table.hpp"

#include <vector>

// Used by option_table.cpp only: its rows, in the order of the help.
namespace relayauth::server {

std::vector<option> serving_rows();
std::vector<option> running_rows();
std::vector<option> limit_rows();

}  // namespace relayauth::server
