#include "relayauth/credential/long_term_key.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/credential/validate.hpp"
#include "relayauth/crypto/md5.hpp"
#include "relayauth/crypto/sha256.hpp"

#include <algorithm>

namespace relayauth::credential {

long_term_key::long_term_key(bytes_view username, std::string_view realm, bytes_view password,
                             stun::digest hash)
    : size_(hash == stun::digest::md5 ? 16 : 32) {
    const auto colon = as_bytes(":");
    if (hash == stun::digest::md5) {
        auto key = crypto::md5({username, colon, as_bytes(realm), colon, password});
        std::copy(key.begin(), key.end(), octets_.begin());
        wipe(key);
    } else {
        auto key = crypto::sha256({username, colon, as_bytes(realm), colon, password});
        std::copy(key.begin(), key.end(), octets_.begin());
        wipe(key);
    }
}

long_term_key long_term_key_of(bytes_view username, std::string_view realm,
                               crypto::sha1_tag password, stun::digest hash, spelling form) {
    std::array<char, base64_size(token::password_size)> text;
    encode_base64(password, text.data());
    const auto spelled =
        form == spelling::raw ? bytes_view(password) : as_bytes({text.data(), text.size()});
    const long_term_key key(username, realm, spelled, hash);
    wipe(password);
    wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    return key;
}

std::optional<long_term_key> long_term_key_of(const verdict& decided, std::string_view username,
                                              std::string_view realm, stun::digest hash,
                                              spelling form) {
    if (!decided.good() || decided.signer == nullptr) return std::nullopt;
    if (decided.dialect == dialect::turn_rest) {
        const auto* secret = decided.signer->key.turn_rest_in(realm);
        if (secret == nullptr || form == spelling::raw) return std::nullopt;
        return long_term_key_of(as_bytes(username), realm, secret->key.sign(as_bytes(username)),
                                hash, form);
    }
    std::array<std::uint8_t, token::max_username_size> binary;
    const auto size = decode_base64(username, binary);
    if (!size) return std::nullopt;
    const auto raw = bytes_view(binary).first(*size);
    return long_term_key_of(form == spelling::raw ? raw : as_bytes(username), realm,
                            decided.signer->key.password.sign(raw), hash, form);
}

}  // namespace relayauth::credential
