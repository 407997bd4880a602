#pragma once

#include "relayauth/base/bytes.hpp"

#include <array>
#include <cstdint>

namespace relayauth::crypto {

// sha256 is the SHA-256 digest (FIPS 180-4) of `bytes`. Safe from any thread.
std::array<std::uint8_t, 32> sha256(bytes_view bytes);

}  // namespace relayauth::crypto
