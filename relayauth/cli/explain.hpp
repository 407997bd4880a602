#pragma once

namespace CLI {
class App;
}

namespace relayauth::cli {

// add_explain registers `relayauth explain`, which tells what a username says, offline. It sets
// `exit_code`: 0 nothing speaks against it, 2 wrong usage or a bad file, 3 it would be refused.
CLI::App* add_explain(CLI::App& app, int& exit_code);

}  // namespace relayauth::cli
