#pragma once

namespace CLI {
class App;
}

namespace relayauth::cli {

// add_report registers `relayauth report`, which shows and merges the results of load runs. It sets
// `exit_code`: 0 good, 2 a bad file, 3 not good, 4 void.
CLI::App* add_report(CLI::App& app, int& exit_code);

}  // namespace relayauth::cli
