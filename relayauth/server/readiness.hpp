#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace relayauth::server {

// readiness is whether this server should be sent requests: every check must hold.
struct readiness {
    struct check {
        std::string name;
        bool ok = false;
        std::string words;  // for people: what is, or what to do
    };
    std::vector<check> checks;

    bool ready() const { return std::ranges::all_of(checks, &check::ok); }
};

}  // namespace relayauth::server
