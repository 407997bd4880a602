#pragma once

#include "relayauth/base/bytes.hpp"

#include <cstdint>

namespace relayauth::stun {

// fingerprint is what FINGERPRINT holds after `text`, the message up to that attribute with a
// length field that counts it (RFC 8489 14.7): CRC-32 of the text, exclusive-or `STUN`. It
// tells STUN from other protocols and proves nothing. Safe from any thread.
std::uint32_t fingerprint(bytes_view text);

}  // namespace relayauth::stun
