#pragma once

namespace CLI {
class App;
}

namespace relayauth::cli {

// add_doctor registers `relayauth doctor`, which looks at a server as a Front End and a client
// would, and says what is wrong. It sets `exit_code`: 0 all well, 1 it works and needs attention,
// 2 a user would be hurt, or it could not be asked.
CLI::App* add_doctor(CLI::App& app, int& exit_code);

}  // namespace relayauth::cli
