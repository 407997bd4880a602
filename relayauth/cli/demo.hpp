#pragma once

namespace CLI {
class App;
}

namespace relayauth::cli {

// add_demo registers `relayauth demo`: two experiments against real server processes that it starts
// on free ports of 127.0.0.1. Sets `exit_code` to 1 if one row is not as it must be, to 2 if the
// experiments could not be made, to 128 + N if signal N interrupted them; in each case its folder
// and its servers are gone.
CLI::App* add_demo(CLI::App& app, int& exit_code);

}  // namespace relayauth::cli
