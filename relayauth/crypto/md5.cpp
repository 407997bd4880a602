// The low-level digest is deprecated in OpenSSL 3 but kept; sha1_run.cpp says why we use such.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "relayauth/crypto/md5.hpp"

#include "relayauth/base/secret.hpp"

#include <openssl/md5.h>

#include <cstring>

namespace relayauth::crypto {
namespace {

// A long-term key's text as a rule: in one piece it takes MD5 half the calls.
constexpr std::size_t gathered_bytes = 256;

std::size_t total_of(std::initializer_list<bytes_view> text) {
    std::size_t total = 0;
    for (const auto part : text) total += part.size();
    return total;
}

md5_digest md5_gathered(std::initializer_list<bytes_view> text) {
    std::array<std::uint8_t, gathered_bytes> whole;
    std::size_t size = 0;
    for (const auto part : text) {
        if (!part.empty()) std::memcpy(whole.data() + size, part.data(), part.size());
        size += part.size();
    }
    md5_digest digest;
    MD5(whole.data(), size, digest.data());
    wipe(std::span(whole).first(size));
    return digest;
}

}  // namespace

md5_digest md5(std::initializer_list<bytes_view> text) {
    if (total_of(text) <= gathered_bytes) return md5_gathered(text);
    MD5_CTX context;
    MD5_Init(&context);
    for (const auto part : text) MD5_Update(&context, part.data(), part.size());
    md5_digest digest;
    MD5_Final(digest.data(), &context);
    wipe({reinterpret_cast<std::uint8_t*>(&context), sizeof context});
    return digest;
}

}  // namespace relayauth::crypto
