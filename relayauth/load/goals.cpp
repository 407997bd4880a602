#include "relayauth/load/goals.hpp"

#include "relayauth/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

namespace relayauth::load {
namespace {

std::optional<double> parse_number(std::string_view text) {
    double value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value, std::chars_format::fixed);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    // `nan` and `inf` are numbers to from_chars: nothing is below the one, all below the other.
    if (!std::isfinite(value) || value < 0) return std::nullopt;
    return value;
}

// `2ms`, `1.5s`, `300us`, as nanoseconds.
std::optional<double> parse_time(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, double>, 4> units{
        {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}}};
    for (const auto& [unit, factor] : units) {
        if (!text.ends_with(unit)) continue;
        const auto number = parse_number(text.substr(0, text.size() - unit.size()));
        if (number) return *number * factor;
    }
    return std::nullopt;
}

// A share when it ends with `%`, else a number.
bool read_share_or_number(goal& into, std::string_view text, goal::figure share,
                          goal::figure number) {
    const bool percent = text.ends_with('%');
    if (percent) text.remove_suffix(1);
    const auto value = parse_number(text);
    if (!value) return false;
    into.what = percent ? share : number;
    into.limit = percent ? *value / 100 : *value;
    return true;
}

bool read_latency_goal(goal& into, std::string_view name, std::string_view value) {
    constexpr std::string_view service = "service-";
    into.of_service = name.starts_with(service);
    if (into.of_service) name.remove_prefix(service.size());
    if (name == "max") {
        into.what = goal::figure::max;
    } else if (name == "mean") {
        into.what = goal::figure::mean;
    } else {
        const auto percent = name.starts_with('p') ? parse_number(name.substr(1)) : std::nullopt;
        if (!percent || *percent > 100) return false;
        into.percent = *percent;
    }
    const auto limit = parse_time(value);
    into.limit = limit.value_or(0);
    return limit.has_value();
}

std::optional<goal> parse_goal(std::string_view text) {
    const auto sign = text.find_first_of("<>");
    if (sign == std::string_view::npos) return std::nullopt;
    const auto name = ascii::trim(text.substr(0, sign));
    const auto value = ascii::trim(text.substr(sign + 1));
    goal read;
    read.text = text;
    read.at_most = text[sign] == '<';
    using figure = goal::figure;
    bool fine = false;
    if (name == "errors") {
        fine =
            read.at_most && read_share_or_number(read, value, figure::errors_share, figure::errors);
    } else if (name == "rate") {
        fine = !read.at_most && read_share_or_number(read, value, figure::rate_share, figure::rate);
    } else if (name == "handshakes") {
        fine = !read.at_most &&
               read_share_or_number(read, value, figure::handshakes, figure::handshakes) &&
               !value.ends_with('%');
    } else {
        fine = read.at_most && read_latency_goal(read, name, value);
    }
    if (!fine) return std::nullopt;
    return read;
}

double share(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

double measured(const goal& wanted, const result& of) {
    const auto& times = wanted.of_service ? of.service : of.latency;
    switch (wanted.what) {
        case goal::figure::percentile:
            return static_cast<double>(times.percentile(wanted.percent).count());
        case goal::figure::max:
            return static_cast<double>(times.max().count());
        case goal::figure::mean:
            return static_cast<double>(times.mean().count());
        case goal::figure::errors_share:
            return share(of.counts.errors(), of.counts.planned());
        case goal::figure::errors:
            return static_cast<double>(of.counts.errors());
        case goal::figure::rate_share:
            return share(of.good_in_time, of.counts.planned());
        case goal::figure::rate:
            return of.rate();
        case goal::figure::handshakes:
            return of.handshakes_per_second();
    }
    return 0;
}

std::string value_text(goal::figure what, double value) {
    char text[48];
    switch (what) {
        case goal::figure::percentile:
        case goal::figure::max:
        case goal::figure::mean:
            // Four digits, as many as a histogram has: `p99<2ms missed: 2.001 ms`.
            std::snprintf(text, sizeof text, value < 1e9 ? "%.4g ms" : "%.0f ms", value / 1e6);
            break;
        case goal::figure::errors_share:
        case goal::figure::rate_share:
            // Or `rate>99.99% missed: 100%`.
            std::snprintf(text, sizeof text, "%.5g%%", value * 100);
            break;
        case goal::figure::errors:
        case goal::figure::rate:
        case goal::figure::handshakes:
            std::snprintf(text, sizeof text, value < 1000 ? "%.4g" : "%.0f", value);
            break;
    }
    return text;
}

}  // namespace

relayauth::result<std::vector<goal>, std::string> parse_goals(std::string_view text) {
    std::vector<goal> goals;
    while (true) {
        const auto comma = text.find(',');
        const auto each = ascii::trim(text.substr(0, comma));
        const auto read = parse_goal(each);
        if (!read) {
            return "`" + std::string(each) +
                   "` is no goal: write p99<2ms, max<50ms, service-p50<1ms, errors<0.01%, "
                   "rate>95% or handshakes>500";
        }
        goals.push_back(*read);
        if (comma == std::string_view::npos) return goals;
        text.remove_prefix(comma + 1);
    }
}

std::vector<std::string> missed(const std::vector<goal>& goals, const result& of) {
    std::vector<std::string> lines;
    for (const auto& each : goals) {
        const auto value = measured(each, of);
        // Where nothing was answered there is no time to be proud of.
        const bool is_time = each.what == goal::figure::percentile ||
                             each.what == goal::figure::max || each.what == goal::figure::mean;
        const bool nothing = is_time && of.latency.count() == 0;
        // None at all is fewer than any number, `errors<0` included.
        const bool none = value == 0 && (each.what == goal::figure::errors ||
                                         each.what == goal::figure::errors_share);
        const bool met = none || (each.at_most ? value < each.limit : value > each.limit);
        if (nothing) lines.push_back(each.text + " missed: nothing was answered well");
        if (!nothing && !met)
            lines.push_back(each.text + " missed: " + value_text(each.what, value));
    }
    return lines;
}

bool tolerates_errors(const std::vector<goal>& goals) {
    return std::any_of(goals.begin(), goals.end(), [](const goal& each) {
        return each.what == goal::figure::errors || each.what == goal::figure::errors_share;
    });
}

}  // namespace relayauth::load
