// The low-level digest is deprecated in OpenSSL 3 but kept; sha1_run.cpp says why we use such.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "relayauth/crypto/hmac_sha256.hpp"

#include "relayauth/base/secret.hpp"

#include <openssl/sha.h>

#include <algorithm>

namespace relayauth::crypto {
namespace {

struct run {
    run() { SHA256_Init(&context_); }
    ~run() { wipe({reinterpret_cast<std::uint8_t*>(&context_), sizeof context_}); }
    run(const run&) = delete;
    run& operator=(const run&) = delete;
    void absorb(bytes_view part) { SHA256_Update(&context_, part.data(), part.size()); }
    sha256_digest finish() {
        sha256_digest digest;
        SHA256_Final(digest.data(), &context_);
        return digest;
    }

private:
    SHA256_CTX context_;
};

}  // namespace

// RFC 2104 section 2.
sha256_digest hmac_sha256(bytes_view key, std::initializer_list<bytes_view> text) {
    std::array<std::uint8_t, SHA256_CBLOCK> padded{};
    if (key.size() > padded.size()) {
        auto shortened = sha256(key);
        std::copy(shortened.begin(), shortened.end(), padded.begin());
        wipe(shortened);
    } else {
        std::copy(key.begin(), key.end(), padded.begin());
    }
    for (auto& octet : padded) octet ^= 0x36;
    run inner;
    inner.absorb(padded);
    for (const auto part : text) inner.absorb(part);

    for (auto& octet : padded) octet ^= 0x36 ^ 0x5C;
    run outer;
    outer.absorb(padded);
    outer.absorb(inner.finish());
    wipe(padded);
    return outer.finish();
}

}  // namespace relayauth::crypto
