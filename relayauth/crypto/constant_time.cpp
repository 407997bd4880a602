#include "relayauth/crypto/constant_time.hpp"

#include <openssl/crypto.h>

namespace relayauth::crypto {

bool constant_time_equal(bytes_view a, bytes_view b) {
    return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace relayauth::crypto
