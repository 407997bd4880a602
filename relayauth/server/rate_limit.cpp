#include "relayauth/server/rate_limit.hpp"

#include <algorithm>

namespace relayauth::server {
namespace {

bool is_ipv4(const session::ip_octets& address) {
    static constexpr std::array<std::uint8_t, 12> mapped = {0, 0, 0, 0, 0,    0,
                                                            0, 0, 0, 0, 0xFF, 0xFF};
    return std::equal(mapped.begin(), mapped.end(), address.begin());
}

session::ip_octets prefix_of(const session::ip_octets& address) {
    auto prefix = address;
    const std::ptrdiff_t kept = is_ipv4(address) ? 15 : 8;
    std::fill(prefix.begin() + kept, prefix.end(), std::uint8_t{0});
    return prefix;
}

}  // namespace

bool rate_limit::admit(std::uint32_t reason, const session::ip_octets& address) {
    const auto prefix = prefix_of(address);
    std::uint32_t mixed = 2166136261u ^ reason;  // FNV-1a
    for (const auto octet : prefix) mixed = (mixed ^ octet) * 16777619u;
    auto& here = places_[(mixed ^ mixed >> 16) % places_.size()];
    if (here.written == 0) {
        here.reason = reason;
        here.prefix = prefix;
    }
    if (here.written < allowance_) {
        ++here.written;
        return true;
    }
    ++here.left_out;
    return false;
}

}  // namespace relayauth::server
