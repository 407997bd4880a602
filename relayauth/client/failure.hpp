#pragma once

#include <string>

namespace relayauth::client {

// failure is why a step towards an answer did not work: one line for people that says what to do
// next, without a line end. It may quote what the peer sent: make it printable before it is shown.
struct failure {
    std::string text;
};

}  // namespace relayauth::client
