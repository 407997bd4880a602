#pragma once

#include "relayauth/load/chart_axis.hpp"

#include <string>
#include <vector>

namespace relayauth::load {

// chart_series is one line, or one row of bars, of a chart.
struct chart_series {
    struct point {
        double x;
        double y;  // NaN: a gap
    };

    std::string name;   // for the legend
    std::string style;  // its class in chart_style(): plan, main, warn or faint
    bool bars =
        false;  // each two points (from, to) are a bar from 0, which never is too low to see
    std::vector<point> points;
};

// svg_chart is what is drawn: series over two axes.
struct svg_chart {
    std::string id;           // a name, unique on its page
    std::string title;        // what it shows
    std::string description;  // the same in words and numbers, for those who cannot see it
    chart_axis x;
    chart_axis y;
    std::vector<chart_series> series;
    std::string nothing;  // what to say instead of lines where there are none; else empty
};

// chart_size is that of the drawing, in units of its own. `font` is the largest size of text that
// chart_style() gives it at any width of the page: there is room for that.
struct chart_size {
    double width = 480;
    double height = 290;
    double font = 15;
};

// draw gives an <svg> element, XML as well as HTML. Its looks are in chart_style(), its colours in
// colour_style(). All text in `chart` must be ours: it is not escaped. Pure; safe from any thread.
std::string draw(const svg_chart& chart, const chart_size& size = {});

// draw_file gives the same as a file of its own: 640 units wide, with its style and a background.
std::string draw_file(const svg_chart& chart);

// colour_style is the CSS of all colours, as variables, light and dark.
std::string_view colour_style();
// chart_style is the CSS of what draw() gives, but for the size of its text.
std::string_view chart_style();

}  // namespace relayauth::load
