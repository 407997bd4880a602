#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/load/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace relayauth::load {

// A result as a file, for programs and for `relayauth report`. JSON (RFC 8259), UTF-8, one member
// of the whole to a line. tests/unit/load/ result_json_test.cpp shows one whole. Pure; safe from
// any thread.

// result_format is the member `format`: another layout has another number.
inline constexpr std::string_view result_format = "relayauth load 1";

// max_result_bytes is the largest file that is read: of 1,200 intervals it takes about 2 MB.
inline constexpr std::size_t max_result_bytes = 16 * 1024 * 1024;

// write_json writes everything, and read_json gives it back the same: times, up to 40 days, to the
// nanosecond, the CPU share to 1e-9. Text that is no UTF-8 is written as `\xff`, and values of
// options of the same name as one, `a, b`. What follows from the rest (percentiles, rates) is there
// for readers that do not want to compute it.
std::string write_json(const result& from);

// read_json takes what write_json wrote, from whatever source; anything else is refused with a line
// that says what is wrong where. What follows from other members is not read, but for the number
// of planned requests, which must be the sum of all outcomes.
relayauth::result<load::result, std::string> read_json(std::string_view text);

}  // namespace relayauth::load
