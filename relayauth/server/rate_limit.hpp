#pragma once

#include "relayauth/session/peer.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace relayauth::server {

// rate_limit lets through at most 10 lines a second per reason and peer prefix (/24 of IPv4, /64 of
// IPv6) and counts what it left out. Its table is of fixed size: two that meet in one place share
// its allowance. One thread at a time; it reads no clock but is told of each second.
class rate_limit {
public:
    // The allowance of the whole server, which its workers share out; each has at least one.
    static constexpr std::uint32_t lines_a_second = 10;
    explicit rate_limit(std::size_t workers)
        : allowance_(
              std::max<std::uint32_t>(1, lines_a_second / static_cast<std::uint32_t>(workers))) {}

    // Whether a line about `reason` (any small number) and this peer may be written now.
    bool admit(std::uint32_t reason, const session::ip_octets& address);

    // left_out is what a place did not let through in the second that ended.
    struct left_out {
        std::uint32_t reason;
        session::ip_octets prefix;
        std::uint64_t count;
    };
    // end_second starts a new allowance and hands out each place with lines left out.
    template <class Visitor>
    void end_second(Visitor&& visit) {
        for (auto& each : places_) {
            if (each.left_out > 0) visit(left_out{each.reason, each.prefix, each.left_out});
            each.written = 0;
            each.left_out = 0;
        }
    }

private:
    struct place {
        std::uint32_t reason = 0;
        session::ip_octets prefix{};
        std::uint32_t written = 0;
        std::uint64_t left_out = 0;
    };
    std::uint32_t allowance_;
    std::array<place, 256> places_;
};

}  // namespace relayauth::server
