#include "relayauth/load/chart_axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace relayauth::load {
namespace {

std::string plain(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.10g", value);
    return text;
}

// Thousands as 10,000 up to there, then as 100k and 2.5M: a label has no more than 6 characters.
std::string rate_label(double value) {
    if (value >= 1e9) return plain(value / 1e9) + "G";
    if (value >= 1e6) return plain(value / 1e6) + "M";
    if (value >= 1e5) return plain(value / 1e3) + "k";
    auto text = plain(value);
    if (value >= 1e3) text.insert(text.size() - 3, ",");
    return text;
}

std::string latency_label(double ns) {
    if (ns >= 1e9) return plain(ns / 1e9) + " s";
    if (ns >= 1e6) return plain(ns / 1e6) + " ms";
    if (ns >= 1e3) return plain(ns / 1e3) + " \xC2\xB5s";
    return plain(ns) + " ns";
}

// The least of 1, 2, 5, 10, 20 and so on that is not below `value`.
double round_up(double value) {
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= value * (1 - 1e-9)) return factor * power;
    }
    return 10 * power;
}

double round_down(double value) {
    const double power = std::pow(10, std::floor(std::log10(value * (1 + 1e-9))));
    for (const double factor : {5.0, 2.0}) {
        if (factor * power <= value * (1 + 1e-9)) return factor * power;
    }
    return power;
}

}  // namespace

double chart_axis::share(double value) const {
    value = std::clamp(value, from, to);
    if (!logarithmic) return (value - from) / (to - from);
    return std::log(value / from) / std::log(to / from);
}

chart_axis rate_axis(double most) {
    chart_axis axis;
    if (!(most > 0)) most = 1;
    const double step = round_up(most / 5);
    const double steps = std::max(1.0, std::ceil(most / step - 1e-9));
    axis.to = step * steps;
    for (double i = 0; i <= steps; ++i) axis.ticks.push_back({i * step, rate_label(i * step)});
    return axis;
}

chart_axis time_axis(double seconds) {
    chart_axis axis;
    axis.to = std::max(seconds, 1e-3);
    const bool hours = seconds >= 5 * 3600;
    const bool minutes = !hours && seconds >= 600;
    const double unit = hours ? 3600 : minutes ? 60 : 1;
    axis.title = hours ? "hours" : minutes ? "minutes" : "seconds";
    axis.title += " since the start";
    const double step = round_up(axis.to / unit / 6);
    for (double at = 0; at * unit <= axis.to * (1 + 1e-9); at += step) {
        axis.ticks.push_back({at * unit, plain(at)});
    }
    return axis;
}

chart_axis latency_axis(double least, double most) {
    chart_axis axis;
    axis.logarithmic = true;
    // More powers of ten than that would leave no room for their labels.
    constexpr double widest = 1e8;
    axis.from = round_down(std::max({least, most / widest, 1.0}));
    axis.to = round_up(std::max(most, axis.from * 1.5));
    // Beyond three powers of ten these alone are named, else 2 and 5 times them as well.
    const bool wide = axis.to / axis.from > 1001;
    for (double power = std::pow(10, std::floor(std::log10(axis.from * (1 + 1e-9))));
         power <= axis.to * (1 + 1e-9); power *= 10) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            const double at = power * factor;
            if (at < axis.from * (1 - 1e-9) || at > axis.to * (1 + 1e-9)) continue;
            if (factor == 1 || !wide) axis.ticks.push_back({at, latency_label(at)});
        }
    }
    return axis;
}

chart_axis percentile_axis(double count) {
    constexpr std::array labels{"0", "90", "99", "99.9", "99.99", "99.999", "99.9999"};
    chart_axis axis;
    axis.to = std::clamp(std::log10(std::max(count, 1.0)), 2.0, 6.0);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (static_cast<double>(i) > axis.to + 1e-9) break;
        axis.ticks.push_back({static_cast<double>(i), labels[i]});
    }
    axis.title = "percentile (%)";
    return axis;
}

double percentile_place(double share) {
    return -std::log10(std::max(1 - share, 1e-12));
}

}  // namespace relayauth::load
