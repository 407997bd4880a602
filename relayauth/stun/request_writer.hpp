#pragma once

#include "relayauth/base/bytes.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace relayauth::stun {

// transaction_id ties an answer to its request (RFC 8489 section 5); it must be drawn at random.
using transaction_id = std::array<std::uint8_t, 12>;

// request_writer writes one STUN request or indication in RFC form, as a client of a relay sends
// it. Values over 65,535 octets are the caller's mistake. Not for two threads at once.
class request_writer {
public:
    // `type` is the message type with its class bits (wire_constants.hpp).
    request_writer(std::uint16_t type, const transaction_id& id);

    // add appends an attribute and its padding.
    request_writer& add(std::uint16_t type, bytes_view value);
    request_writer& add(std::uint16_t type, std::uint32_t value);
    // sign appends MESSAGE-INTEGRITY (RFC 8489 14.5) under a long-term key; nothing may follow it.
    request_writer& sign(bytes_view long_term_key);

    // The message as it goes into a datagram; valid as long as this writer is not changed.
    bytes_view octets() const { return octets_; }

private:
    void set_length(std::size_t beyond);

    std::vector<std::uint8_t> octets_;
};

}  // namespace relayauth::stun
