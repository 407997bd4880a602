#pragma once

namespace relayauth::cli {

// The exit codes of every command; users' scripts rely on them.
inline constexpr int exit_good = 0;
inline constexpr int exit_misused = 2;    // wrong usage, a bad file
inline constexpr int exit_no_answer = 2;  // the server could not be asked
inline constexpr int exit_refused = 3;    // an answer, and it is no

}  // namespace relayauth::cli
