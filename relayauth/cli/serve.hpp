#pragma once

namespace CLI {
class App;
}

namespace relayauth::cli {

// add_serve registers `relayauth serve`: its options are server::option_table() and --config.
// Sets `exit_code` to 2 when it could not serve.
CLI::App* add_serve(CLI::App& app, int& exit_code);

}  // namespace relayauth::cli
