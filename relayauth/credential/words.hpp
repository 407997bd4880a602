#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/validate.hpp"

#include <string>

namespace relayauth::credential {

// decider is whose clock decided, which the words name.
enum class decider {
    server,
    this_machine,  // no server was asked
    asked_time,    // no clock at all: none shows that time, and none is wrong
};

// words says in one line of plain English what a verdict of validate() means: with both clocks
// where time decided, and the signed offset where one was measured, which an expired credential
// does not (design notes, section 2). `clock_offset` is how far the server's clock is moved on
// purpose; other than zero it is named, of a `server` only. No part of the username or password is
// quoted. Pure; safe from any thread.
std::string words(const verdict& decided, ticks clock_offset, decider by = decider::server);

}  // namespace relayauth::credential
