#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/secret.hpp"
#include "relayauth/crypto/sha1_run.hpp"

#include <initializer_list>

namespace relayauth::crypto {

// hmac_sha1_key computes HMAC-SHA1 (RFC 2104) under one key, as MRAS tokens and STUN's message
// integrity need it. It holds the two SHA-1 states that follow the padded key, so a tag costs two
// or three compressions and no allocation. The states are as secret as the key: no copy, wiped on
// destruction. sign() is safe from any thread.
class hmac_sha1_key {
public:
    explicit hmac_sha1_key(const secret& key) : hmac_sha1_key(key.reveal()) {}
    explicit hmac_sha1_key(bytes_view key);
    hmac_sha1_key(hmac_sha1_key&& other) noexcept;
    hmac_sha1_key& operator=(hmac_sha1_key&&) = delete;
    hmac_sha1_key(const hmac_sha1_key&) = delete;
    hmac_sha1_key& operator=(const hmac_sha1_key&) = delete;
    ~hmac_sha1_key();

    // The tag of `text`, or of its parts one after the other.
    sha1_tag sign(bytes_view text) const;
    sha1_tag sign(std::initializer_list<bytes_view> text) const;

private:
    sha1_state inner_;
    sha1_state outer_;
};

}  // namespace relayauth::crypto
