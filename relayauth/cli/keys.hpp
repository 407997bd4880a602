#pragma once

namespace CLI {
class App;
}

namespace relayauth::cli {

// add_keys registers `relayauth keys export`, which gives relays what they need to know of a
// private key. It sets `exit_code`: 0 done, 2 wrong usage or a bad file.
CLI::App* add_keys(CLI::App& app, int& exit_code);

}  // namespace relayauth::cli
