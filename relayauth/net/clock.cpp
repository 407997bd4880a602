#include "relayauth/net/clock.hpp"

#include <chrono>

namespace relayauth::net {

wall_time system_clock::wall() const {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since_1970);
    return wall_time::from_unix(seconds, std::chrono::duration_cast<ticks>(since_1970 - seconds)) +
           offset_;
}

mono_time system_clock::mono() const {
    return mono_time(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace relayauth::net
