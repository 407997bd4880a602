#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/server/admin_command.hpp"

#include <optional>
#include <string>

namespace relayauth::cli {

// clock_choice is the command line of `relayauth lab clock`.
struct clock_choice {
    std::optional<std::string> offset, zone, drift;
    bool reset = false;
};

// command_of fails in one line that says what to write; a zone is looked up for `now`
// (zone_offset.hpp).
result<server::admin_command, std::string> command_of(const clock_choice& chosen, wall_time now);

// rule_choice is the command line of `relayauth lab rule`.
struct rule_choice {
    std::optional<std::string> identity, what, time, remove;
    bool clear = false;
};

result<server::admin_command, std::string> command_of(const rule_choice& chosen);

}  // namespace relayauth::cli
