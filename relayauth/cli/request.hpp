#pragma once

namespace CLI {
class App;
}

namespace relayauth::cli {

// add_request registers `relayauth request`, which asks a server for one credential over SIP,
// with --turn-rest over rpc. It sets `exit_code`: 0 granted, 2 no answer, 3 refused.
CLI::App* add_request(CLI::App& app, int& exit_code);

}  // namespace relayauth::cli
