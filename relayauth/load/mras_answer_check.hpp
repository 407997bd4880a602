#pragma once

#include "relayauth/load/outcome.hpp"

#include <cstdint>
#include <string_view>

namespace relayauth::load {

// body_check is what the XML of an answer came to. Views live as long as the body.
struct body_check {
    outcome what = outcome::good;         // good, refused, wrong or swapped
    std::string_view why;                 // static
    std::string_view username, password;  // of a good one; both empty if it wrote one escaped
    std::uint32_t duration_minutes = 0;   // granted
};

// check_mras_body holds the body of an answer to request `index` against that request: requestID,
// reasonPhrase, one credentialsResponse with the credentialsRequestID, username and password.
// `sent` as in wire::read. An answer with the octets of our own server up to the duration is taken
// without a look at what follows, realm and relays: a generator must cost less than what it
// measures. All others are parsed whole.
body_check check_mras_body(std::string_view body, std::uint64_t index, std::uint64_t sent);

}  // namespace relayauth::load
