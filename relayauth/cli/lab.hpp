#pragma once

namespace CLI {
class App;
}

namespace relayauth::cli {

// add_lab registers `relayauth lab clock`, `rule` and `list`, which make a server that runs with
// --lab wrong on purpose. It sets `exit_code`: 0 done, 2 wrong usage or no answer, 3 refused.
CLI::App* add_lab(CLI::App& app, int& exit_code);

}  // namespace relayauth::cli
