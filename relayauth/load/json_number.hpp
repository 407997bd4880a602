#pragma once

#include <cstdint>
#include <string>

namespace relayauth::load {

// JSON numbers in forms that read back as the same value. Boost.JSON 1.81 does so for up to 15
// digits without an exponent, and not always for more. Pure; safe from any thread.

// json_decimal writes `value` times 10^-places (1 to 18) with at least one decimal: `10.0`,
// `0.000000001`.
std::string json_decimal(std::int64_t value, unsigned places);

// json_real writes the nearest number that has 9 decimals, or none from 1e6 on; JSON has no word
// for what is not finite: that becomes 0.
std::string json_real(double value);

}  // namespace relayauth::load
