#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/secret.hpp"

#include <array>
#include <cstdint>

namespace relayauth::crypto {

using sha1_tag = std::array<std::uint8_t, 20>;

// hmac_sha1_key computes HMAC-SHA1 (RFC 2104) under one key, as MRAS tokens need it. It holds the
// two SHA-1 states that follow the padded key, so a tag costs two or three compressions and no
// allocation. The states are as secret as the key: no copy, wiped on destruction. sign() is safe
// from any thread.
class hmac_sha1_key {
public:
    explicit hmac_sha1_key(const secret& key);
    hmac_sha1_key(hmac_sha1_key&& other) noexcept;
    hmac_sha1_key& operator=(hmac_sha1_key&&) = delete;
    hmac_sha1_key(const hmac_sha1_key&) = delete;
    hmac_sha1_key& operator=(const hmac_sha1_key&) = delete;
    ~hmac_sha1_key();

    sha1_tag sign(bytes_view text) const;

private:
    using state = std::array<std::uint32_t, 5>;
    state inner_;
    state outer_;
};

}  // namespace relayauth::crypto
