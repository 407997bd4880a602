#pragma once

#include "relayauth/session/lab_rules.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace relayauth::session {

// lab_delivery is how the answers of one read go out when a lab rule has a say; usually as they
// are.
struct lab_delivery {
    std::size_t held_from = 0;              // what is before goes out at once
    std::chrono::milliseconds held_for{0};  // the rest; nothing that follows may overtake it
    std::optional<std::size_t> cut_to;      // what is behind is never sent, and the connection ends
    bool reset = false;  // the connection ends with a reset, unsent octets or not

    bool holds() const { return held_for.count() != 0; }
    // Whether no message after this one is answered in the same read.
    bool ends_read() const { return holds() || cut_to || reset; }
};

// deliver does to the answer in `out`, which begins at `began`, what `rule` wants, and says what is
// left to whoever sends it. Rules that are not about delivery change nothing. Pure.
lab_delivery deliver(const lab_rule& rule, std::size_t began, std::string& out);

}  // namespace relayauth::session
