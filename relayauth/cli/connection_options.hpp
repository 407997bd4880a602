#pragma once

#include "relayauth/client/connect_settings.hpp"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace relayauth::cli {

// connection_options is what commands that talk to a server were told about it.
struct connection_options {
    client::connect_settings settings;
    bool tcp = false;

    // Whether --server was given.
    bool asked_for() const { return !settings.server.host.empty(); }
    // chosen is the settings with --tcp in them. To be called after parsing.
    client::connect_settings chosen() const;
    // problem says in one line what does not fit together; nothing if all does.
    std::optional<std::string> problem() const;
};

// add_connection_options registers --server, --tcp, --ca, --server-name, --client-certificate,
// --client-key and --timeout; add_server_options all but --tcp; add_reach_options all but --server,
// for a command that takes the server as an argument. `into` must outlive the parsing.
void add_connection_options(CLI::App& command, connection_options& into);
void add_server_options(CLI::App& command, connection_options& into);
void add_reach_options(CLI::App& command, connection_options& into);

// offer_connection_options registers the same for a command that can do without a server: --server
// is not required, and asked_for() tells whether it was given. The others need it.
void offer_connection_options(CLI::App& command, connection_options& into);

}  // namespace relayauth::cli
