#pragma once

#include "relayauth/base/bytes.hpp"

#include <array>
#include <cstdint>
#include <initializer_list>

namespace relayauth::crypto {

using md5_digest = std::array<std::uint8_t, 16>;

// md5 is the MD5 digest (RFC 1321) of the concatenated parts of `text`: what TURN's long-term key
// is made with (RFC 5389 15.4) and nothing else here. Safe from any thread.
md5_digest md5(std::initializer_list<bytes_view> text);

}  // namespace relayauth::crypto
