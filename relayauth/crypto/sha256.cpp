#include "relayauth/crypto/sha256.hpp"

#include <openssl/sha.h>

namespace relayauth::crypto {

std::array<std::uint8_t, 32> sha256(bytes_view bytes) {
    std::array<std::uint8_t, 32> digest{};
    SHA256(bytes.data(), bytes.size(), digest.data());
    return digest;
}

}  // namespace relayauth::crypto
