#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/crypto/sha256.hpp"

#include <initializer_list>

namespace relayauth::crypto {

// hmac_sha256 computes HMAC-SHA256 (RFC 2104, RFC 4231) of the concatenated parts of `text`, as
// STUN's MESSAGE-INTEGRITY-SHA256 needs it. No allocation; what the key left behind is wiped. Safe
// from any thread.
sha256_digest hmac_sha256(bytes_view key, std::initializer_list<bytes_view> text);

}  // namespace relayauth::crypto
