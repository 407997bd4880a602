#pragma once

#include "relayauth/cli/demo_lab.hpp"
#include "relayauth/cli/demo_pool.hpp"
#include "relayauth/cli/demo_relay.hpp"

#include <memory>
#include <string>
#include <vector>

namespace relayauth::cli {

// command_run is one `relayauth` command that ran to its end.
struct command_run {
    std::string who;  // `doctor 4711`
    int code = 0;
    std::string said;
};

// story_cast is who plays in the story: a pool of two servers with the same key behind one address,
// and beside each server a relay that asks it, as on the Edge servers of a pool. All are processes
// of their own but the address itself, and end with this.
class story_cast {
public:
    explicit story_cast(demo_lab& lab);

    struct edge {
        std::string name;  // `edge-a`
        std::string admin_socket;
        std::unique_ptr<server_process> server;
        std::string relay_name;
        std::unique_ptr<demo_relay> relay;  // ends before its server

        std::string who() const { return name + " " + std::to_string(server->pid()); }
        std::string relay_who() const { return relay_name + " " + std::to_string(relay->pid()); }
        // log_line waits for the last line of the server's log with all of `words`; empty when
        // `within` is over.
        std::string log_line(std::initializer_list<std::string_view> words,
                             std::chrono::milliseconds within) const;
    };
    const std::vector<edge>& edges() const { return edges_; }
    client::endpoint address() const { return pool_->where(); }

    // run runs this program. Throws demo_failure if it takes longer than 20 s.
    command_run run(std::vector<std::string> words);

    // ticket is a credential that a client got at the pool's address, and which server minted it.
    struct ticket {
        command_run request;
        const edge* minted_by = nullptr;
        std::string username, password;
    };
    // Throws demo_failure if there is none.
    ticket request();

private:
    demo_lab& lab_;
    std::vector<edge> edges_;
    std::unique_ptr<demo_pool> pool_;
    int runs_ = 0;
};

}  // namespace relayauth::cli
