#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace relayauth::load {

// Numbers and text as people read them, for the table and the HTML report. Pure; safe from any
// thread.

// count_figure groups the digits: `1,234,567`.
std::string count_figure(std::uint64_t value);

// duration_figure has 3 digits and the unit that suits them: `0.250 us`, `12.3 us`, `1.23 ms`,
// `60.0 s`. From 1,000 s on, whole seconds.
std::string duration_figure(std::chrono::nanoseconds value);

// rate_figure is a number a second, without its unit: `0.123`, `4.57`, `16.7`, `167`, `4,999`.
std::string rate_figure(double a_second);

// share_figure is a part of a whole, `99.98 %`, to two decimals. What is not all never reads
// `100 %`, and what is not nothing never `0 %`: that becomes `>99.99 %`, `<0.01 %`.
std::string share_figure(std::uint64_t part, std::uint64_t whole);

// safe_text is text from a server, a file or another machine as one line that can only be read
// (base/printable.hpp), of no more than max_text characters: the rest becomes `...`.
inline constexpr std::size_t max_text = 200;
std::string safe_text(std::string_view text);

}  // namespace relayauth::load
