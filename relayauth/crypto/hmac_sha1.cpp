#include "relayauth/crypto/hmac_sha1.hpp"

#include <algorithm>

namespace relayauth::crypto {
namespace {

void wipe_words(sha1_state& words) {
    wipe({reinterpret_cast<std::uint8_t*>(words.data()), sizeof words});
}

}  // namespace

// RFC 2104 section 2.
hmac_sha1_key::hmac_sha1_key(bytes_view key) {
    sha1_block padded{};
    if (key.size() > padded.size()) {
        sha1_run shortened;
        shortened.absorb(key);
        auto digest = shortened.finish();
        std::copy(digest.begin(), digest.end(), padded.begin());
        wipe(digest);
        wipe({reinterpret_cast<std::uint8_t*>(&shortened), sizeof shortened});
    } else {
        std::copy(key.begin(), key.end(), padded.begin());
    }
    for (auto& octet : padded) octet ^= 0x36;
    inner_ = sha1_run::after_block(sha1_initial_state, padded);
    for (auto& octet : padded) octet ^= 0x36 ^ 0x5C;
    outer_ = sha1_run::after_block(sha1_initial_state, padded);
    wipe(padded);
}

hmac_sha1_key::hmac_sha1_key(hmac_sha1_key&& other) noexcept
    : inner_(other.inner_), outer_(other.outer_) {
    wipe_words(other.inner_);
    wipe_words(other.outer_);
}

hmac_sha1_key::~hmac_sha1_key() {
    wipe_words(inner_);
    wipe_words(outer_);
}

sha1_tag hmac_sha1_key::sign(bytes_view text) const {
    if (text.size() > sha1_longest_in_one_block) return sign({text});
    return sha1_run::finish_after_block(outer_, sha1_run::finish_after_block(inner_, text));
}

sha1_tag hmac_sha1_key::sign(std::initializer_list<bytes_view> text) const {
    sha1_run inner(inner_, 1);
    for (const auto part : text) inner.absorb(part);
    return sha1_run::finish_after_block(outer_, inner.finish());
}

}  // namespace relayauth::crypto
