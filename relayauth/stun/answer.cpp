#include "relayauth/stun/answer.hpp"

#include "relayauth/stun/wire_constants.hpp"

#include <algorithm>

namespace relayauth::stun {
namespace {

constexpr std::uint8_t ipv4_family = 1, ipv6_family = 2;
constexpr std::size_t ipv4_size = 4, ipv6_size = 16, address_header = 4;

// What an address is exclusive-ored with: the cookie, and for IPv6 the id behind it.
std::array<std::uint8_t, ipv6_size> mask_of(const transaction_id& id) {
    std::array<std::uint8_t, ipv6_size> mask{};
    store_be32(mask.data(), magic_cookie);
    std::ranges::copy(id, mask.begin() + 4);
    return mask;
}

constexpr std::uint16_t port_mask = magic_cookie >> 16;

std::optional<address> read_address(bytes_view value, const transaction_id& id) {
    if (value.size() < address_header) return std::nullopt;
    const auto size = value[1] == ipv4_family ? ipv4_size : ipv6_size;
    const bool known = value[1] == ipv4_family || value[1] == ipv6_family;
    if (!known || value.size() != address_header + size) return std::nullopt;
    address read;
    read.port = static_cast<std::uint16_t>(load_be16(&value[2]) ^ port_mask);
    const auto mask = mask_of(id);
    for (std::size_t i = 0; i < size; ++i) {
        read.octets.push_back(static_cast<std::uint8_t>(value[address_header + i] ^ mask[i]));
    }
    return read;
}

void read_error(answer& into, bytes_view value) {
    // RFC 8489 14.8: hundreds in the low three bits of one octet, the rest in the next.
    if (value.size() < 4) return;
    into.error_code = static_cast<std::uint16_t>((value[2] & 7) * 100 + value[3]);
    into.reason = as_text(value.subspan(4));
}

void take(answer& into, std::uint16_t type, bytes_view value) {
    switch (type) {
        case attribute::error_code:
            return read_error(into, value);
        case attribute::realm:
            into.realm = as_text(value);
            return;
        case attribute::nonce:
            into.nonce = as_text(value);
            return;
        case attribute::software:
            into.software = as_text(value);
            return;
        case attribute::xor_relayed_address:
            into.relayed = read_address(value, into.id);
            return;
        case attribute::xor_peer_address:
            into.peer = read_address(value, into.id);
            return;
        case attribute::data:
            into.payload.assign(value.begin(), value.end());
            return;
        default:
            return;
    }
}

}  // namespace

std::optional<answer> parse_answer(bytes_view octets) {
    if (octets.size() < header_size) return std::nullopt;
    answer read;
    read.type = load_be16(octets.data());
    const bool request = (read.type & class_bits) == 0;
    if ((read.type & top_bits) != 0 || request) return std::nullopt;
    if (load_be32(&octets[cookie_offset]) != magic_cookie) return std::nullopt;
    if (octets.size() != header_size + load_be16(&octets[length_offset])) return std::nullopt;
    std::ranges::copy(octets.subspan(transaction_id_offset, read.id.size()), read.id.begin());
    for (auto list = octets.subspan(header_size); !list.empty();) {
        if (list.size() < attribute_header_size) return std::nullopt;
        const std::size_t size = load_be16(&list[2]);
        const auto whole = attribute_header_size + (size + attribute_alignment - 1) /
                                                       attribute_alignment * attribute_alignment;
        if (whole > list.size()) return std::nullopt;
        take(read, load_be16(list.data()), list.subspan(attribute_header_size, size));
        list = list.subspan(whole);
    }
    return read;
}

std::vector<std::uint8_t> xor_address(const address& value, const transaction_id& id) {
    std::vector<std::uint8_t> out(address_header + value.octets.size());
    out[1] = value.octets.size() == ipv4_size ? ipv4_family : ipv6_family;
    store_be16(&out[2], value.port ^ port_mask);
    const auto mask = mask_of(id);
    for (std::size_t i = 0; i < value.octets.size() && i < mask.size(); ++i) {
        out[address_header + i] = static_cast<std::uint8_t>(value.octets[i] ^ mask[i]);
    }
    return out;
}

}  // namespace relayauth::stun
