#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/server/admin_command.hpp"
#include "relayauth/server/admin_reply.hpp"

#include <cstdint>
#include <string>

namespace CLI {
class App;
}

namespace relayauth::cli {

// admin_options is which server on this machine a command is for.
struct admin_options {
    std::string socket;  // --admin-socket; empty: the default one of `port`
    std::uint16_t port = 5062;
    bool json = false;
};

// add_admin_options registers --admin-socket, --port and --json; `into` must outlive the parsing.
void add_admin_options(CLI::App& command, admin_options& into);

// ask_admin sends one command and waits for the answer, 5 s at most. Fails with one line that says
// what to do next.
result<server::admin_reply, std::string> ask_admin(const admin_options& where,
                                                   const server::admin_command& what);

// obey_admin asks, prints what came of it, and gives the exit code: 0 done, 2 no answer or no
// command, 3 refused. `name` is the command's, `relayauth lab clock`.
int obey_admin(const std::string& name, const admin_options& where,
               const server::admin_command& what);

}  // namespace relayauth::cli
