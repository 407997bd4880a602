#include "relayauth/token/token.hpp"

#include <algorithm>

namespace relayauth::token {
namespace {

result<std::optional<std::chrono::seconds>, errc> decode_flags(std::uint32_t flags) {
    const auto top = flags >> 24;
    if (top == flags_lifetime_unknown) return std::optional<std::chrono::seconds>();
    if (top != flags_lifetime_seconds) return errc::unsupported_version;
    const std::chrono::seconds lifetime{flags & flags_lifetime_mask};
    if (lifetime.count() == 0) return errc::zero_lifetime;
    return std::optional(lifetime);
}

std::uint32_t encode_flags(std::optional<std::chrono::seconds> lifetime) {
    if (!lifetime || lifetime->count() <= 0 || *lifetime > max_lifetime) return 0;
    return flags_lifetime_seconds << 24 | static_cast<std::uint32_t>(lifetime->count());
}

// What has neither the size that it states nor any token's is no token of another version, but of
// no kind at all: its first octets are chance.
bool has_size_of_some_token(bytes_view username) {
    constexpr auto header_size = size_offset + 2;
    const auto stated = load_be16(&username[size_offset]) + tag_size;
    return username.size() >= v1_blob_size + tag_size ||
           (username.size() >= header_size + tag_size && username.size() == stated);
}

}  // namespace

validity_window fields::window() const {
    if (!lifetime) return {std::nullopt, expires_at};
    return {expires_at - *lifetime, expires_at};
}

std::size_t encode(const fields& value, std::span<std::uint8_t, max_blob_size> out) {
    const auto size = value.version == version::v1 ? v1_blob_size : v2_blob_size;
    out[version_offset] = static_cast<std::uint8_t>(value.version);
    out[version_offset + 1] = 0;
    store_be16(&out[size_offset], static_cast<std::uint16_t>(size));
    const auto filetime = value.expires_at.filetime();
    store_be32(&out[expiry_low_offset], static_cast<std::uint32_t>(filetime));
    store_be32(&out[expiry_high_offset], static_cast<std::uint32_t>(filetime >> 32));
    std::copy(value.client.begin(), value.client.end(), &out[client_id_offset]);
    if (value.version == version::v2) store_be32(&out[flags_offset], encode_flags(value.lifetime));
    return size;
}

result<unverified_token, errc> unverified_token::decode(bytes_view username) {
    if (username.size() < size_offset + 2) return errc::wrong_size;
    const auto major = username[version_offset], minor = username[version_offset + 1];
    if ((major != 1 && major != 2) || minor != 0) {
        return has_size_of_some_token(username) ? errc::unsupported_version : errc::wrong_size;
    }
    const auto size = major == 1 ? v1_blob_size : v2_blob_size;
    if (load_be16(&username[size_offset]) != size || username.size() != size + tag_size) {
        return errc::wrong_size;
    }
    fields claimed;
    claimed.version = static_cast<token::version>(major);
    claimed.expires_at = wall_time(std::uint64_t{load_be32(&username[expiry_high_offset])} << 32 |
                                   load_be32(&username[expiry_low_offset]));
    std::copy_n(&username[client_id_offset], client_id_size, claimed.client.begin());
    if (claimed.version == version::v2) {
        const auto lifetime = decode_flags(load_be32(&username[flags_offset]));
        if (!lifetime) return lifetime.error();
        claimed.lifetime = *lifetime;
    }
    return unverified_token(username, claimed);
}

}  // namespace relayauth::token
