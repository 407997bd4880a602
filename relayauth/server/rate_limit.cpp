#include "relayauth/server/rate_limit.hpp"

#include <algorithm>
#include <cstring>

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

// mix gives 8 bits, the top ones, since a product carries upwards only. Every event passes here,
// logged or not, so it takes the 16 octets in two steps and not one by one.
std::uint64_t mix(std::uint32_t reason, const session::ip_octets& prefix) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15u;
    std::array<std::uint64_t, 2> halves;
    std::memcpy(halves.data(), prefix.data(), sizeof halves);
    const auto mixed = (halves[0] ^ reason) * odd;
    return (mixed ^ mixed >> 32 ^ halves[1]) * odd >> 56;
}

}  // namespace

bool rate_limit::admit(std::uint32_t reason, const session::ip_octets& address) {
    const auto prefix = prefix_of(address);
    auto& here = places_[mix(reason, prefix) % places_.size()];
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
