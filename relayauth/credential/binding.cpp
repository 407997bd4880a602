#include "relayauth/credential/binding.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/base/secret.hpp"
#include "relayauth/crypto/constant_time.hpp"

#include <algorithm>

namespace relayauth::credential {

bool serves_realm(const std::optional<std::string_view>& realm, const validate_limits& limits) {
    if (!realm || limits.any_realm) return true;
    return std::find(limits.realms.begin(), limits.realms.end(), *realm) != limits.realms.end();
}

bool fits_text(std::string_view shown, crypto::sha1_tag password) {
    std::array<char, base64_size(token::password_size)> text;
    encode_base64(password, text.data());
    const bool fits =
        crypto::constant_time_equal(as_bytes(shown), as_bytes({text.data(), text.size()}));
    wipe(password);
    wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    return fits;
}

}  // namespace relayauth::credential
