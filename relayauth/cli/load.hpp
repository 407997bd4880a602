#pragma once

namespace CLI {
class App;
}

namespace relayauth::cli {

// add_load registers `relayauth load`; `exit_code` is set when it runs and must outlive the
// parsing.
CLI::App* add_load(CLI::App& app, int& exit_code);

}  // namespace relayauth::cli
