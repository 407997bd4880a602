#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/certificate/facts.hpp"

#include <string>

namespace relayauth::certificate {

// describe writes what `certificate show` prints for people: the facts, one a line, with how far
// off the dates are at `now`, then a paragraph that says which of them matter for A/V
// authentication. Ends with a line feed. Pure; safe from any thread.
std::string describe(const facts& about, wall_time now);

// describe_json writes the facts as one JSON object (RFC 8259) without a line feed; dates as in
// utc_text. Pure; safe from any thread.
std::string describe_json(const facts& about);

}  // namespace relayauth::certificate
