// The low-level digests are deprecated in OpenSSL 3 but kept; hmac_sha1.cpp says why we use them.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "relayauth/crypto/message_hmac.hpp"

#include <openssl/sha.h>

#include <algorithm>

namespace relayauth::crypto {
namespace {

struct sha1 {
    using digest = sha1_tag;
    static constexpr std::size_t block_size = SHA_CBLOCK;
    sha1() { SHA1_Init(&context_); }
    ~sha1() { wipe({reinterpret_cast<std::uint8_t*>(&context_), sizeof context_}); }
    sha1(const sha1&) = delete;
    sha1& operator=(const sha1&) = delete;
    void absorb(bytes_view part) { SHA1_Update(&context_, part.data(), part.size()); }
    void finish(digest& out) { SHA1_Final(out.data(), &context_); }

private:
    SHA_CTX context_;
};

struct sha256_state {
    using digest = sha256_digest;
    static constexpr std::size_t block_size = SHA256_CBLOCK;
    sha256_state() { SHA256_Init(&context_); }
    ~sha256_state() { wipe({reinterpret_cast<std::uint8_t*>(&context_), sizeof context_}); }
    sha256_state(const sha256_state&) = delete;
    sha256_state& operator=(const sha256_state&) = delete;
    void absorb(bytes_view part) { SHA256_Update(&context_, part.data(), part.size()); }
    void finish(digest& out) { SHA256_Final(out.data(), &context_); }

private:
    SHA256_CTX context_;
};

template <class Hash>
typename Hash::digest hmac(bytes_view key, std::initializer_list<bytes_view> text) {
    std::array<std::uint8_t, Hash::block_size> padded{};
    typename Hash::digest digest;
    if (key.size() > padded.size()) {  // RFC 2104 section 2
        Hash shortened;
        shortened.absorb(key);
        shortened.finish(digest);
        std::copy(digest.begin(), digest.end(), padded.begin());
    } else {
        std::copy(key.begin(), key.end(), padded.begin());
    }
    for (auto& octet : padded) octet ^= 0x36;
    Hash inner;
    inner.absorb(padded);
    for (const auto part : text) inner.absorb(part);
    inner.finish(digest);

    for (auto& octet : padded) octet ^= 0x36 ^ 0x5C;
    Hash outer;
    outer.absorb(padded);
    outer.absorb(digest);
    outer.finish(digest);
    wipe(padded);
    return digest;
}

}  // namespace

sha1_tag hmac_sha1(bytes_view key, std::initializer_list<bytes_view> text) {
    return hmac<sha1>(key, text);
}

sha256_digest hmac_sha256(bytes_view key, std::initializer_list<bytes_view> text) {
    return hmac<sha256_state>(key, text);
}

}  // namespace relayauth::crypto
