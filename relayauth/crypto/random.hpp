#pragma once

#include <cstdint>
#include <span>

namespace relayauth::crypto {

// fill_random fills `out` with octets nobody can guess; false if the system has none to give, and
// `out` must then not be used. Safe from any thread.
[[nodiscard]] bool fill_random(std::span<std::uint8_t> out);

}  // namespace relayauth::crypto
