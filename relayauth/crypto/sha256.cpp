// The low-level digest is deprecated in OpenSSL 3 but kept; sha1_run.cpp says why we use such.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "relayauth/crypto/sha256.hpp"

#include "relayauth/base/secret.hpp"

#include <openssl/sha.h>

namespace relayauth::crypto {

sha256_digest sha256(bytes_view bytes) {
    return sha256({bytes});
}

sha256_digest sha256(std::initializer_list<bytes_view> text) {
    SHA256_CTX context;
    SHA256_Init(&context);
    for (const auto part : text) SHA256_Update(&context, part.data(), part.size());
    sha256_digest digest;
    SHA256_Final(digest.data(), &context);
    wipe({reinterpret_cast<std::uint8_t*>(&context), sizeof context});
    return digest;
}

}  // namespace relayauth::crypto
