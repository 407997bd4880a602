#include "relayauth/client/clock.hpp"

#include <chrono>

namespace relayauth::client {

wall_time wall_now() {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since_1970);
    return wall_time::from_unix(seconds, std::chrono::duration_cast<ticks>(since_1970 - seconds));
}

}  // namespace relayauth::client
