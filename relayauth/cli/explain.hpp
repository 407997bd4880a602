#pragma once

namespace CLI {
class App;
}

namespace relayauth::cli {

// add_explain registers `relayauth explain`, which tells what a username says, offline or as a
// server sees it. It sets `exit_code`: 0 nothing speaks against it, 2 wrong usage, a bad file or no
// answer, 3 it would be refused.
CLI::App* add_explain(CLI::App& app, int& exit_code);

}  // namespace relayauth::cli
