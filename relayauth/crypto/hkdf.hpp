#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/secret.hpp"

#include <cstddef>

namespace relayauth::crypto {

// hkdf_sha256 derives `size` octets (at most 255 x 32) from `key_material` with an empty salt
// (RFC 5869). The result is empty if OpenSSL could not do it, which happens only when it is out of
// memory or its default provider is missing. Safe from any thread.
secret hkdf_sha256(const secret& key_material, bytes_view info, std::size_t size);

}  // namespace relayauth::crypto
