#pragma once

namespace CLI {
class App;
}

namespace relayauth::cli {

// add_clock registers `relayauth clock status` and `accept`, about the clock of a server on this
// machine. It sets `exit_code`: 0 done, 2 wrong usage or no answer.
CLI::App* add_clock(CLI::App& app, int& exit_code);

}  // namespace relayauth::cli
