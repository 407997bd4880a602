#include "relayauth/crypto/constant_time.hpp"

#include <cstdint>
#include <cstring>

namespace relayauth::crypto {
namespace {

// What the compiler must take for any value, so that it cannot look at it early.
std::uint64_t opaque(std::uint64_t value) {
    asm("" : "+r"(value));
    return value;
}

}  // namespace

// Eight octets at a time: CRYPTO_memcmp goes one by one, and this stands twice in every check of a
// message.
bool constant_time_equal(bytes_view a, bytes_view b) {
    if (a.size() != b.size()) return false;
    std::uint64_t difference = 0, left = 0, right = 0;
    std::size_t i = 0;
    for (; i + sizeof left <= a.size(); i += sizeof left) {
        std::memcpy(&left, a.data() + i, sizeof left);
        std::memcpy(&right, b.data() + i, sizeof right);
        difference = opaque(difference | (left ^ right));
    }
    for (; i < a.size(); ++i) {
        difference = opaque(difference | std::uint64_t{static_cast<std::uint8_t>(a[i] ^ b[i])});
    }
    return difference == 0;
}

}  // namespace relayauth::crypto
