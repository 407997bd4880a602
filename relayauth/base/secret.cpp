#include "relayauth/base/secret.hpp"

#include <cstring>

namespace relayauth {

void wipe(std::span<std::uint8_t> memory) {
    if (memory.empty()) return;
    std::memset(memory.data(), 0, memory.size());
    // As far as the compiler knows this reads the memory, so that it must be zero by now. A loop of
    // volatile writes would do as well, octet by octet: a quarter of the time of a message's check.
    asm volatile("" : : "r"(memory.data()) : "memory");
}

secret& secret::operator=(secret&& other) noexcept {
    if (this == &other) return *this;
    wipe(bytes_);
    bytes_ = std::move(other.bytes_);
    other.bytes_.clear();
    return *this;
}

}  // namespace relayauth
