#pragma once

#include "relayauth/load/result.hpp"

#include <string>

namespace relayauth::load {

// The tables of the HTML report, each an element of its own; empty where a result has nothing to
// show in it. Everything in them is escaped. Pure; safe from any thread.

std::string latency_table(const result& from);
std::string outcome_table(const result& from);
std::string incident_table(const result& from);
// generator_table is followed by what the sample of credentials told.
std::string generator_table(const result& from);
std::string option_table(const result& from);
// machine_table has a row for each machine, and a column for each thing that one of them names; of
// one machine alone, a row for each.
std::string machine_table(const result& from);

}  // namespace relayauth::load
