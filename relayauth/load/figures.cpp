#include "relayauth/load/figures.hpp"

#include "relayauth/base/printable.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace relayauth::load {
namespace {

std::string decimals(double value, int count) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", count, value);
    return text;
}

// Three digits of a value from 0 to 1,000. 9.996 is 10.0 and not 10.00.
std::string three_digits(double value) {
    if (value < 0.9995) return decimals(value, 3);
    if (value < 9.995) return decimals(value, 2);
    if (value < 99.95) return decimals(value, 1);
    return decimals(value, 0);
}

}  // namespace

std::string count_figure(std::uint64_t value) {
    auto text = std::to_string(value);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) {
        text.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return text;
}

std::string duration_figure(std::chrono::nanoseconds value) {
    const auto ns = static_cast<double>(value.count());
    if (value.count() == 0) return "0 us";
    if (ns < 999.5e3) return three_digits(ns / 1e3) + " us";
    if (ns < 999.5e6) return three_digits(ns / 1e6) + " ms";
    if (ns < 999.5e9) return three_digits(ns / 1e9) + " s";
    return count_figure(static_cast<std::uint64_t>(std::llround(ns / 1e9))) + " s";
}

std::string rate_figure(double a_second) {
    if (!(a_second > 0)) return "0";
    if (a_second < 99.95) return three_digits(a_second);
    constexpr double most = 1e18;
    return count_figure(static_cast<std::uint64_t>(std::llround(std::min(a_second, most))));
}

std::string share_figure(std::uint64_t part, std::uint64_t whole) {
    if (part == 0 || whole == 0) return "0 %";
    if (part == whole) return "100 %";
    const auto percent = static_cast<double>(part) / static_cast<double>(whole) * 100;
    if (percent < 0.01) return "<0.01 %";
    if (percent > 99.99 && percent < 100) return ">99.99 %";
    return decimals(percent, 2) + " %";
}

std::string safe_text(std::string_view text) {
    std::size_t end = 0;
    for (std::size_t count = 0; end < text.size() && count < max_text; ++count) {
        end += first_character(text.substr(end)).size;
    }
    return printable(text.substr(0, end)) + (end < text.size() ? "..." : "");
}

}  // namespace relayauth::load
