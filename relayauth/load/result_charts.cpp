#include "relayauth/load/result_charts.hpp"

#include "relayauth/load/figures.hpp"
#include "relayauth/load/time_line.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace relayauth::load {
namespace {

// About 3 to a unit of the drawing. Latency jumps more from one to the next: so many lines up and
// down would be one black band.
constexpr std::size_t max_steps = 1'200;
constexpr std::size_t max_latency_steps = 300;
constexpr double gap = std::numeric_limits<double>::quiet_NaN();

double end_of(const std::vector<time_step>& steps) {
    return steps.empty() ? 1 : steps.back().to.count();
}

// A value that holds for a whole step is drawn as one.
chart_series stepped(std::string name, std::string style, const std::vector<time_step>& steps,
                     const std::function<double(const time_step&)>& value) {
    chart_series series{std::move(name), std::move(style), false, {}};
    for (const auto& each : steps) {
        const auto y = value(each);
        series.points.push_back({each.from.count(), y});
        series.points.push_back({each.to.count(), y});
    }
    return series;
}

double highest(const chart_series& series) {
    double most = 0;
    for (const auto& each : series.points) most = std::max(most, std::isnan(each.y) ? 0 : each.y);
    return most;
}

double lowest(const chart_series& series) {
    auto least = std::numeric_limits<double>::max();
    for (const auto& each : series.points) {
        if (!std::isnan(each.y)) least = std::min(least, each.y);
    }
    return least;
}

std::chrono::nanoseconds as_time(double ns) {
    return std::chrono::nanoseconds(std::llround(ns));
}

// The curve of a histogram, as fine as can be seen, up to its last value.
chart_series curve_of(std::string name, std::string style, const histogram& of, double end) {
    chart_series series{std::move(name), std::move(style), false, {}};
    if (of.count() == 0) return series;
    constexpr int points = 240;
    const auto whole = std::log10(static_cast<double>(of.count()));
    const auto last = std::min(end, whole);
    for (int i = 0; i <= points; ++i) {
        const auto x = last * i / points;
        const auto y = of.percentile((1 - std::pow(10, -x)) * 100);
        series.points.push_back({x, static_cast<double>(y.count())});
    }
    // The largest of n values is all that is above 1 - 1/n.
    if (whole <= end) series.points.push_back({last, static_cast<double>(of.max().count())});
    // A single value has no width on this axis.
    if (last <= 0) series.points.push_back({0.05, series.points.back().y});
    return series;
}

}  // namespace

svg_chart throughput_chart(const result& from) {
    const auto steps = time_steps(from, max_steps);
    svg_chart chart{"throughput", "Throughput", "", time_axis(end_of(steps)), {}, {}, ""};
    chart.series.push_back(stepped("planned", "plan", steps, [](const time_step& step) {
        return step.a_second(step.counted.planned);
    }));
    chart.series.push_back(stepped("good", "main", steps, [](const time_step& step) {
        return step.a_second(step.counted.good);
    }));
    chart.series.push_back(stepped("errors", "warn", steps, [](const time_step& step) {
        return step.a_second(step.counted.errors);
    }));
    chart.series.back().bars = true;
    double most = 0;
    for (const auto& each : chart.series) most = std::max(most, highest(each));
    chart.y = rate_axis(most);
    chart.y.title = "requests a second";
    if (steps.empty()) {
        chart.nothing = "no time line";
        chart.description = "There is no time line.";
        return chart;
    }
    chart.description = "Requests a second in " + count_figure(steps.size()) +
                        " steps: planned up to " + rate_figure(highest(chart.series[0])) +
                        ", good from " + rate_figure(lowest(chart.series[1])) + " to " +
                        rate_figure(highest(chart.series[1])) + ", errors up to " +
                        rate_figure(highest(chart.series[2])) + ".";
    return chart;
}

svg_chart latency_chart(const result& from) {
    const auto steps = time_steps(from, max_latency_steps);
    svg_chart chart{"latency", "Latency over time", "", time_axis(end_of(steps)), {}, {}, ""};
    const auto add = [&](std::string name, std::string style, double percent) {
        chart.series.push_back(
            stepped(std::move(name), std::move(style), steps, [percent](const time_step& step) {
                const auto ns = percentile(step.counted, percent).count();
                return ns == 0 ? gap : static_cast<double>(ns);
            }));
    };
    add("max", "faint", 100);
    add("p99", "warn", 99);
    add("p50", "main", 50);
    const auto most = highest(chart.series[0]);
    const bool none = most == 0;
    chart.y = none ? latency_axis(1e5, 1e8) : latency_axis(lowest(chart.series[2]), most);
    chart.y.title = "latency";
    chart.nothing = none ? "no answers" : "";
    chart.description = none ? "There were no answers."
                             : "Latency in each step: p50 up to " +
                                   duration_figure(as_time(highest(chart.series[2]))) +
                                   ", p99 up to " +
                                   duration_figure(as_time(highest(chart.series[1]))) +
                                   ", the largest " + duration_figure(as_time(most)) + ".";
    return chart;
}

svg_chart percentile_chart(const result& from) {
    const auto count = static_cast<double>(std::max(from.latency.count(), from.service.count()));
    svg_chart chart{"percentiles", "Latency by percentile", "", percentile_axis(count), {}, {}, ""};
    chart.series.push_back(curve_of("latency", "main", from.latency, chart.x.to));
    chart.series.push_back(curve_of("service", "warn", from.service, chart.x.to));
    const auto most = std::max(highest(chart.series[0]), highest(chart.series[1]));
    const auto least = std::min(lowest(chart.series[0]), lowest(chart.series[1]));
    const bool none = count == 0;
    chart.y = none ? latency_axis(1e5, 1e8) : latency_axis(least, most);
    chart.y.title = "answered within";
    chart.nothing = none ? "no answers" : "";
    if (none) {
        chart.description = "There were no answers.";
        return chart;
    }
    for (const auto& [name, of] :
         {std::pair<std::string, const histogram*>{"Latency", &from.latency},
          {"Service", &from.service}}) {
        chart.description += name + ": p50 " + duration_figure(of->percentile(50)) + ", p90 " +
                             duration_figure(of->percentile(90)) + ", p99 " +
                             duration_figure(of->percentile(99)) + ", p99.9 " +
                             duration_figure(of->percentile(99.9)) + ", largest " +
                             duration_figure(of->max()) + ". ";
    }
    return chart;
}

std::string percentile_svg(const result& from) {
    return draw_file(percentile_chart(from));
}

}  // namespace relayauth::load
