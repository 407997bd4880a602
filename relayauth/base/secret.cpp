#include "relayauth/base/secret.hpp"

namespace relayauth {

void wipe(std::span<std::uint8_t> memory) {
    volatile std::uint8_t* octet = memory.data();
    for (std::size_t i = 0; i < memory.size(); ++i) octet[i] = 0;
}

secret& secret::operator=(secret&& other) noexcept {
    if (this == &other) return *this;
    wipe(bytes_);
    bytes_ = std::move(other.bytes_);
    other.bytes_.clear();
    return *this;
}

}  // namespace relayauth
