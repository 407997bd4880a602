#include "relayauth/load/json_number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace relayauth::load {

std::string json_decimal(std::int64_t value, unsigned places) {
    auto digits = std::to_string(value);
    const bool negative = value < 0;
    if (negative) digits.erase(0, 1);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
    const auto last = digits.find_last_not_of('0');
    digits.erase(std::max(last, digits.find('.') + 1) + 1);
    return (negative ? "-" : "") + digits;
}

std::string json_real(double value) {
    if (!std::isfinite(value)) return "0.0";
    if (std::abs(value) < 1e6) return json_decimal(std::llround(value * 1e9), 9);
    char text[400];  // the largest double has 309 digits
    const auto end =
        std::to_chars(std::begin(text), std::end(text), value, std::chars_format::fixed, 0);
    return {text, end.ptr};
}

}  // namespace relayauth::load
