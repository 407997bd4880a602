#pragma once

namespace CLI {
class App;
}

namespace relayauth::cli {

// add_validate registers `relayauth validate`, which asks a server whether a credential is good. It
// sets `exit_code`: 0 good, 2 no answer, 3 refused.
CLI::App* add_validate(CLI::App& app, int& exit_code);

}  // namespace relayauth::cli
