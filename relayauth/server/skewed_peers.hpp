#pragma once

#include "relayauth/base/mono_time.hpp"
#include "relayauth/session/peer.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>

namespace relayauth::server {

// skewed_peers remembers which addresses were named in the log for a wrong clock, so that each is
// named once an hour. Of fixed size: when too many come, the ones named longest ago are forgotten,
// and may be named again. Safe from any thread.
class skewed_peers {
public:
    static constexpr std::chrono::hours named_again_after{1};
    static constexpr std::size_t most = 1024;

    // is_due: whether `address` was not named within named_again_after before `now`.
    bool is_due(const session::ip_octets& address, mono_time now);
    // name counts it as named at `now`.
    void name(const session::ip_octets& address, mono_time now);

private:
    struct named {
        session::ip_octets address{};
        std::optional<mono_time> at;
    };
    std::mutex naming_;
    std::array<named, most> peers_;
};

}  // namespace relayauth::server
