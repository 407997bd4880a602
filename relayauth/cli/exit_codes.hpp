#pragma once

#include "relayauth/load/result.hpp"

namespace relayauth::cli {

// The exit codes of every command; users' scripts rely on them.
inline constexpr int exit_good = 0;
inline constexpr int exit_needs_attention = 1;  // doctor: it works, for now
inline constexpr int exit_misused = 2;          // wrong usage, a bad file
inline constexpr int exit_no_answer = 2;        // the server could not be asked
inline constexpr int exit_refused = 3;          // an answer, and it is no
inline constexpr int exit_not_good = 3;         // a load run that did not go well
inline constexpr int exit_void = 4;             // a load run that says nothing about the server

// exit_code_of is what `load` and `report` end with.
int exit_code_of(load::verdict_kind verdict);

}  // namespace relayauth::cli
