#pragma once

#include "relayauth/base/wall_time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace relayauth::cli {

// add_line appends `label:` and the value in an aligned column. The value must be printable.
void add_line(std::string& out, std::string_view label, std::string_view value);

// relative_text is `in 7 h 59 min 58 s`, `5 min ago` or `now`, to the nearest second.
std::string relative_text(wall_time t, wall_time now);

// moment_text is `2026-11-22T09:30:54Z (in 8 h)`.
std::string moment_text(wall_time t, wall_time now);

// local_text is a time as this machine's time zone shows it, `2026-11-22 17:30:54 +0800`; empty
// past the year 9999. Reads TZ; not for use while another thread changes it.
std::string local_text(wall_time t);

// measured_seconds rounds what was measured between two clocks: 8 h may come as a little less.
std::int64_t measured_seconds(ticks span);

}  // namespace relayauth::cli
