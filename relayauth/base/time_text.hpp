#pragma once

#include "relayauth/base/wall_time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace relayauth {

// utc_text writes `2026-11-22T09:30:54Z` (RFC 3339, whole seconds, rounded down); years past 9999,
// which no such text can hold, become `after the year 9999`.
std::string utc_text(wall_time t);

// sip_date writes `Sun, 22 Nov 2026 09:30:54 GMT` (RFC 3261 25.1, SIP-date) into `out`, which must
// hold 29 characters. Years past 9999 are written as the last second of 9999.
inline constexpr std::size_t sip_date_size = 29;
void sip_date(wall_time t, char* out);

// parse_sip_date reads a SIP-date; nothing if it is not one, or names a day that does not exist.
std::optional<wall_time> parse_sip_date(std::string_view text);

// parse_utc reads `2026-11-22T09:30:54Z`, the same with a fraction or without seconds, or a number
// of seconds since 1970; nothing if it is neither.
std::optional<wall_time> parse_utc(std::string_view text);

// parse_duration reads `90s`, `5m`, `+8h`, `-2d`, `1h30m`, `250ms`: a sign or none, then numbers
// with a unit of ms, s, m, h, d, largest first. A number without unit, or over 100 years: nothing.
std::optional<ticks> parse_duration(std::string_view text);

// duration_text writes a span for people, largest unit first and rounded to seconds:
// `8 h`, `7 h 59 min 58 s`, `3 d 4 min`, `0.25 s`, `under 1 ms`; the sign is left out.
std::string duration_text(ticks d);

// exact_duration_text writes a time that somebody chose, to the millisecond: `1.5 s`, `0.123 s`,
// `1 min 0.5 s`, `8 h`. From 0 to 100 years, as parse_duration reads them.
std::string exact_duration_text(std::chrono::milliseconds d);

// signed_duration_text is duration_text with a leading `+` or `-`; zero has none, nor has what is
// under 1 ms, whose direction nobody can act on.
std::string signed_duration_text(ticks d);

// near_minute is how a measured offset is shown: within a second of a whole minute, other than
// zero, that minute, since the last second of a measurement is noise; else as it is.
ticks near_minute(ticks measured_offset);

// time_zone_words gives `looks like a time zone error of +8 h` for an offset within 60 s of a
// multiple of 15 minutes between 30 minutes and 26 hours, else nothing (design.md 2). Only for
// an offset that was measured; an expired credential measures none.
std::optional<std::string> time_zone_words(ticks measured_offset);

}  // namespace relayauth
