#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/explain.hpp"

#include <optional>
#include <span>
#include <string>

namespace relayauth::cli {

// explanation_setting is what is told beside an explanation.
struct explanation_setting {
    wall_time now;  // by the clock that decided
    // The certificate files: the nth key came from the nth; without keys, files that hold none.
    std::span<const std::string> certificate_files = {};
    // A server explained, whose clock is that far ahead of this machine's. Nothing: this program
    // did, with the keys and limits that it was given.
    std::optional<ticks> server_ahead = {};
    // What was to be checked too: if nobody could, that is told.
    bool password_given = false;
    bool identity_given = false;
};

// explanation_text is for people; times are shown in UTC, in this machine's time zone, and relative
// to the clock that decided. Ends with a line feed. Prints nothing that a terminal would obey.
std::string explanation_text(const credential::explanation& told,
                             const explanation_setting& setting);

}  // namespace relayauth::cli
