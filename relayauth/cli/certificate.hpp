#pragma once

namespace CLI {
class App;
}

namespace relayauth::cli {

// add_certificate registers `relayauth certificate create` and `relayauth certificate show`. They
// set `exit_code`: 0 done, 2 wrong usage or a bad file.
CLI::App* add_certificate(CLI::App& app, int& exit_code);

}  // namespace relayauth::cli
