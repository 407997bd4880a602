// The low-level digest is deprecated in OpenSSL 3 but kept; hmac_sha1.cpp says why we use such.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "relayauth/crypto/md5.hpp"

#include "relayauth/base/secret.hpp"

#include <openssl/md5.h>

namespace relayauth::crypto {

md5_digest md5(std::initializer_list<bytes_view> text) {
    MD5_CTX context;
    MD5_Init(&context);
    for (const auto part : text) MD5_Update(&context, part.data(), part.size());
    md5_digest digest;
    MD5_Final(digest.data(), &context);
    wipe({reinterpret_cast<std::uint8_t*>(&context), sizeof context});
    return digest;
}

}  // namespace relayauth::crypto
