#pragma once

namespace CLI {
class App;
}

namespace relayauth::cli {

// add_demo registers `relayauth demo`: two experiments against real server processes that it starts
// on free ports of 127.0.0.1; with --story, how a pool with one wrong clock looks. Sets `exit_code`
// to 1 if one row is not as it must be, to 2 if it could not be made, to 128 + N if signal N
// interrupted it; in each case its folder and its processes are gone.
CLI::App* add_demo(CLI::App& app, int& exit_code);

}  // namespace relayauth::cli
