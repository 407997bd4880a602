#include "relayauth/load/svg_chart.hpp"

#include <cmath>
#include <cstdio>

namespace relayauth::load {
namespace {

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    std::string out(text);
    if (out.ends_with(".0")) out.resize(out.size() - 2);
    return out == "-0" ? "0" : out;
}

// frame is where the plot lies in the drawing, with room for the labels around it.
struct frame {
    frame(const svg_chart& of, const chart_size& size)
        : chart(of),
          font(size.font),
          left(4.7 * font),
          right(size.width - 2.2 * font),
          top(3.3 * font),
          bottom(size.height - 3.2 * font) {}

    double at(double value) const { return left + chart.x.share(value) * (right - left); }
    std::string x(double value) const { return number(at(value)); }
    double height(double value) const { return chart.y.share(value) * (bottom - top); }
    std::string y(double value) const { return number(bottom - height(value)); }

    const svg_chart& chart;
    double font, left, right, top, bottom;
};

std::string text(const std::string& x, const std::string& y, std::string_view attributes,
                 const std::string& words) {
    return "<text x=\"" + x + "\" y=\"" + y + "\"" + std::string(attributes) + ">" + words +
           "</text>\n";
}

std::string grid_of(const frame& in) {
    std::string lines;
    std::string labels;
    for (const auto& each : in.chart.x.ticks) {
        const auto x = in.x(each.at);
        lines += "M" + x + " " + number(in.top) + "V" + number(in.bottom);
        labels +=
            text(x, number(in.bottom + 1.35 * in.font), " text-anchor=\"middle\"", each.label);
    }
    for (const auto& each : in.chart.y.ticks) {
        lines += "M" + number(in.left) + " " + in.y(each.at) + "H" + number(in.right);
        labels += text(number(in.left - 0.5 * in.font), in.y(each.at),
                       " text-anchor=\"end\" dy=\".33em\"", each.label);
    }
    return "<path class=\"grid\" d=\"" + lines + "\"/>\n<path class=\"base\" d=\"M" +
           number(in.left) + " " + number(in.bottom) + "H" + number(in.right) + "\"/>\n" + labels +
           text(number(in.right), number(in.bottom + 2.75 * in.font),
                " text-anchor=\"end\" class=\"name\"", in.chart.x.title) +
           text("0", number(in.font), " class=\"name\"", in.chart.y.title);
}

// The path through all points, with a new beginning after each gap, in the shortest words.
std::string line_of(const frame& in, const chart_series& series) {
    std::string path, last_x, last_y;
    bool drawing = false;
    for (const auto& each : series.points) {
        if (std::isnan(each.y)) {
            drawing = false;
            continue;
        }
        const auto x = in.x(each.x);
        const auto y = in.y(each.y);
        if (!drawing) {
            path.append("M").append(x).append(" ").append(y);
        } else if (y == last_y) {
            if (x != last_x) path.append("H").append(x);
        } else if (x == last_x) {
            path.append("V").append(y);
        } else {
            path.append("L").append(x).append(" ").append(y);
        }
        drawing = true;
        last_x = x;
        last_y = y;
    }
    return path;
}

std::string bars_of(const frame& in, const chart_series& series) {
    constexpr double seen = 4, wide = 1;  // units: less is easily overlooked
    std::string path;
    for (std::size_t i = 0; i + 1 < series.points.size(); i += 2) {
        const auto& each = series.points[i];
        if (!(each.y > 0)) continue;
        const auto height = std::max(seen, in.height(each.y));
        path += "M" + in.x(each.x) + " " + number(in.bottom) + "V" + number(in.bottom - height) +
                "H" + number(std::max(in.at(each.x) + wide, in.at(series.points[i + 1].x))) + "V" +
                number(in.bottom) + "Z";
    }
    return path;
}

std::string series_of(const frame& in) {
    std::string out;
    for (const auto& each : in.chart.series) {
        const auto path = each.bars ? bars_of(in, each) : line_of(in, each);
        if (path.empty()) continue;
        out += "<path class=\"" + std::string(each.bars ? "bars " : "line ") + each.style +
               "\" d=\"" + path + "\"/>\n";
    }
    if (in.chart.nothing.empty()) return out;
    return out + text(number((in.left + in.right) / 2), number((in.top + in.bottom) / 2),
                      " text-anchor=\"middle\" class=\"note\"", in.chart.nothing);
}

std::string legend_of(const frame& in) {
    std::string out;
    double x = in.left;
    const double y = in.top - 0.95 * in.font;
    for (const auto& each : in.chart.series) {
        const auto end = x + 1.6 * in.font;
        const auto height = number(y - 0.35 * in.font);
        if (each.bars) {
            out += "<path class=\"bars " + each.style + "\" d=\"M" + number(x) + " " + number(y) +
                   "V" + number(y - 0.7 * in.font) + "H" + number(end) + "V" + number(y) +
                   "Z\"/>\n";
        } else {
            out += "<path class=\"line " + each.style + "\" d=\"M" + number(x) + " " + height +
                   "H" + number(end) + "\"/>\n";
        }
        out += text(number(end + 0.4 * in.font), number(y), "", each.name);
        // The widest usual fonts take 0.65 of their size for a character.
        x = end + in.font * (1.4 + 0.65 * static_cast<double>(each.name.size()));
    }
    return out;
}

std::string element(const svg_chart& chart, const chart_size& size, const std::string& box,
                    std::string_view attributes, std::string_view before) {
    const frame in(chart, size);
    return "<svg class=\"chart\" viewBox=\"" + box + "\" role=\"img\" aria-labelledby=\"" +
           chart.id + "-title " + chart.id + "-words\"" + std::string(attributes) +
           ">\n<title id=\"" + chart.id + "-title\">" + chart.title + "</title>\n<desc id=\"" +
           chart.id + "-words\">" + chart.description + "</desc>\n" + std::string(before) +
           grid_of(in) + series_of(in) + legend_of(in) + "</svg>\n";
}

}  // namespace

std::string draw(const svg_chart& chart, const chart_size& size) {
    return element(chart, size, "0 0 " + number(size.width) + " " + number(size.height), "", "");
}

std::string draw_file(const svg_chart& chart) {
    // With a margin of 16 units it is 640 wide.
    constexpr chart_size size{608, 368, 18};
    // As an image it sees its own width on the page: small text only where it is shown large.
    const auto before = "<style>" + std::string(colour_style()) + std::string(chart_style()) +
                        ".chart text{font:13px system-ui,sans-serif}"
                        "@media(max-width:500px){.chart text{font-size:18px}}</style>\n"
                        "<rect class=\"back\" x=\"-16\" y=\"-16\" width=\"640\" height=\"400\"/>\n";
    return element(chart, size, "-16 -16 640 400",
                   " xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"400\"", before);
}

}  // namespace relayauth::load
