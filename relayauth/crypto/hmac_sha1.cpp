// The low-level SHA-1 calls are deprecated in OpenSSL 3 but kept. They are used here because
// EVP_MAC costs 280-450 ns and two allocations for each tag even when it is re-initialised, against
// 130-160 ns and none for resuming a saved state (bench/README.md). A test holds every result
// against EVP_MAC.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "relayauth/crypto/hmac_sha1.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <cstring>

namespace relayauth::crypto {
namespace {

constexpr std::size_t block_size = SHA_CBLOCK;
using block = std::array<std::uint8_t, block_size>;
using state = std::array<std::uint32_t, 5>;

constexpr state initial_state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};

SHA_CTX resume(const state& from) {
    SHA_CTX context;  // SHA1_Transform reads and writes nothing but h0 to h4
    context.h0 = from[0];
    context.h1 = from[1];
    context.h2 = from[2];
    context.h3 = from[3];
    context.h4 = from[4];
    return context;
}

state save(const SHA_CTX& context) {
    return {context.h0, context.h1, context.h2, context.h3, context.h4};
}

// finish absorbs `text` after one block that `from` has already absorbed, then the padding
// (FIPS 180-4 5.1.1).
sha1_tag finish(const state& from, bytes_view text) {
    SHA_CTX context = resume(from);
    const std::uint64_t bit_count = 8 * (block_size + std::uint64_t{text.size()});
    while (text.size() >= block_size) {
        SHA1_Transform(&context, text.data());
        text = text.subspan(block_size);
    }
    block last;
    if (!text.empty()) std::memcpy(last.data(), text.data(), text.size());
    last[text.size()] = 0x80;
    std::fill(last.begin() + static_cast<std::ptrdiff_t>(text.size()) + 1, last.end(),
              std::uint8_t{0});
    if (text.size() + 9 > block_size) {
        SHA1_Transform(&context, last.data());
        last.fill(0);
    }
    store_be32(last.data() + 56, static_cast<std::uint32_t>(bit_count >> 32));
    store_be32(last.data() + 60, static_cast<std::uint32_t>(bit_count));
    SHA1_Transform(&context, last.data());

    sha1_tag tag;
    const auto words = save(context);
    for (std::size_t i = 0; i < words.size(); ++i) store_be32(tag.data() + 4 * i, words[i]);
    return tag;
}

state absorb(const block& padded_key) {
    SHA_CTX context = resume(initial_state);
    SHA1_Transform(&context, padded_key.data());
    const state after = save(context);
    wipe({reinterpret_cast<std::uint8_t*>(&context), sizeof context});
    return after;
}

template <class T>
void wipe_array(T& words) {
    wipe({reinterpret_cast<std::uint8_t*>(words.data()), sizeof words});
}

}  // namespace

hmac_sha1_key::hmac_sha1_key(const secret& key) {
    block padded{};
    const auto bytes = key.reveal();
    if (bytes.size() > block_size) {
        SHA1(bytes.data(), bytes.size(), padded.data());  // RFC 2104 section 2
    } else {
        std::copy(bytes.begin(), bytes.end(), padded.begin());
    }
    for (auto& octet : padded) octet ^= 0x36;
    inner_ = absorb(padded);
    for (auto& octet : padded) octet ^= 0x36 ^ 0x5C;
    outer_ = absorb(padded);
    wipe_array(padded);
}

hmac_sha1_key::hmac_sha1_key(hmac_sha1_key&& other) noexcept
    : inner_(other.inner_), outer_(other.outer_) {
    wipe_array(other.inner_);
    wipe_array(other.outer_);
}

hmac_sha1_key::~hmac_sha1_key() {
    wipe_array(inner_);
    wipe_array(outer_);
}

sha1_tag hmac_sha1_key::sign(bytes_view text) const {
    return finish(outer_, finish(inner_, text));
}

}  // namespace relayauth::crypto
