#include "hand_made.hpp"

#include "relayauth/base/base64.hpp"

#include <array>
#include <numeric>

namespace relayauth::credential::hand_made {
namespace {

secret ascending(std::uint8_t first) {
    std::array<std::uint8_t, 20> octets;
    std::iota(octets.begin(), octets.end(), first);
    return secret(bytes_view(octets));
}

void append_be32(octets& to, std::uint64_t value) {
    for (const unsigned shift : {24u, 16u, 8u, 0u}) {
        to.push_back(static_cast<std::uint8_t>(value >> shift));
    }
}

}  // namespace

keyring::signing_key key(std::string id, std::uint8_t step) {
    return rest_key(std::move(id), {}, step);
}

keyring::signing_key rest_key(std::string id, const std::vector<realm_text>& secrets,
                              std::uint8_t step) {
    const auto at = [step](unsigned first) {
        return ascending(static_cast<std::uint8_t>(first + step));
    };
    keyring::key_secrets all{at(0x10), at(0x50), at(0x90), {}};
    for (const auto& each : secrets) {
        all.turn_rest.push_back({std::string(each.realm), secret(as_bytes(each.text))});
    }
    return {std::move(id), all};
}

keyring::entry minting(keyring::signing_key key) {
    return {std::move(key), true, wall_time::max()};
}

keyring::entry verifying(keyring::signing_key key, wall_time until) {
    return {std::move(key), false, until};
}

const keyring::ring& notes_ring() {
    static const keyring::ring ring = ring_of(minting(key()));
    return ring;
}

octets blob(wall_time expires_at, std::optional<std::uint32_t> flags) {
    octets out = flags ? octets{2, 0, 0, 0x24} : octets{1, 0, 0, 0x20};
    append_be32(out, expires_at.filetime() & 0xFFFF'FFFF);
    append_be32(out, expires_at.filetime() >> 32);
    out.insert(out.end(), {0xbb, 0x5a, 0x59, 0xb0, 0x51, 0xcf, 0x5c, 0xd1, 0x2c, 0xbf,
                           0x68, 0x8e, 0xd1, 0x64, 0x56, 0x4e, 0x1f, 0xd5, 0x9f, 0x44});
    if (flags) append_be32(out, *flags);
    return out;
}

octets signed_blob(octets blob, const keyring::signing_key& signer) {
    const auto tag = signer.username_tag.sign(blob);
    blob.insert(blob.end(), tag.begin(), tag.end());
    return blob;
}

std::string password_of(bytes_view username, const keyring::signing_key& signer) {
    return encode_base64(signer.password.sign(username));
}

std::string username(wall_time expires_at, std::optional<std::uint32_t> flags) {
    return encode_base64(signed_blob(blob(expires_at, flags), key()));
}

}  // namespace relayauth::credential::hand_made
