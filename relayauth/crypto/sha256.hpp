#pragma once

#include "relayauth/base/bytes.hpp"

#include <array>
#include <cstdint>
#include <initializer_list>

namespace relayauth::crypto {

using sha256_digest = std::array<std::uint8_t, 32>;

// sha256 is the SHA-256 digest (FIPS 180-4) of `bytes`, or of the concatenated parts of `text`.
// Safe from any thread.
sha256_digest sha256(bytes_view bytes);
sha256_digest sha256(std::initializer_list<bytes_view> text);

}  // namespace relayauth::crypto
