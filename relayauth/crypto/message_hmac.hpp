#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/crypto/hmac_sha1.hpp"
#include "relayauth/crypto/sha256.hpp"

#include <initializer_list>

namespace relayauth::crypto {

// hmac_sha1, hmac_sha256 compute HMAC (RFC 2104, RFC 4231) of the concatenated parts of `text`
// under a key that serves once, as STUN's message integrity needs it; for a key that stays,
// hmac_sha1_key is three times as fast. No allocation; what the key left behind is wiped. Safe from
// any thread.
sha1_tag hmac_sha1(bytes_view key, std::initializer_list<bytes_view> text);
sha256_digest hmac_sha256(bytes_view key, std::initializer_list<bytes_view> text);

}  // namespace relayauth::crypto
