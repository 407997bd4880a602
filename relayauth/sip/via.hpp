#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace relayauth::sip {

// via is the first value of a Via header (RFC 3261 20.42), as far as a server needs it. Views live
// as long as the header's text.
struct via {
    std::string_view host;       // IPv6 references without their brackets
    std::size_t value_size = 0;  // octets of the header's value that belong to this first value
    bool has_received = false;
    // Where an empty `rport` parameter ends, counted from the value's start (RFC 3581): its answer
    // is inserted there.
    std::optional<std::size_t> empty_rport_end;
};

// parse_via reads the first value of a Via header; nothing if it has no sent-protocol or sent-by.
// A branch is not required (RFC 2543 peers and Office Communicator leave it out).
std::optional<via> parse_via(std::string_view header_value);

}  // namespace relayauth::sip
