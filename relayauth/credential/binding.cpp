#include "relayauth/credential/binding.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/crypto/constant_time.hpp"

#include <algorithm>

namespace relayauth::credential {

bool serves_realm(const std::optional<std::string_view>& realm, const validate_limits& limits) {
    if (!realm || limits.any_realm) return true;
    return std::find(limits.realms.begin(), limits.realms.end(), *realm) != limits.realms.end();
}

bool fits_text(std::string_view shown, const crypto::sha1_tag& password) {
    std::array<char, base64_size(token::password_size)> text;
    encode_base64(password, text.data());
    return crypto::constant_time_equal(as_bytes(shown), as_bytes({text.data(), text.size()}));
}

}  // namespace relayauth::credential
