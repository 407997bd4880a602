#include "relayauth/crypto/random.hpp"

#include <openssl/rand.h>

#include <limits>

namespace relayauth::crypto {

bool fill_random(std::span<std::uint8_t> out) {
    if (out.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return false;
    return RAND_bytes(out.data(), static_cast<int>(out.size())) == 1;
}

}  // namespace relayauth::crypto
