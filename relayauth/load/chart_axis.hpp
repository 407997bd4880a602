#pragma once

#include <string>
#include <vector>

namespace relayauth::load {

// tick is a value that an axis names; one without a label has a grid line only.
struct tick {
    double at;
    std::string label;
};

// chart_axis maps values from `from` to `to` onto a line. Pure; safe from any thread.
struct chart_axis {
    double from = 0;
    double to = 1;
    bool logarithmic = false;
    std::vector<tick> ticks;
    std::string title;

    // share is where a value lies between `from` (0) and `to` (1); beyond them, at the end.
    double share(double value) const;
};

// rate_axis goes from 0 to a round number that is not below `most`; with 3 to 6 ticks.
chart_axis rate_axis(double most);

// time_axis goes from 0 to exactly `seconds`, in seconds, minutes or hours as suits them. What is
// drawn on it stays in seconds.
chart_axis time_axis(double seconds);

// latency_axis is logarithmic, in ns, between the round numbers around `least` and `most`, but over
// no more than about 8 powers of ten: what is less stands at its lower end.
chart_axis latency_axis(double least, double most);

// percentile_axis shows log10 of 1/(1-p), so that each further nine has the same width: 0, 90, 99,
// 99.9 % and so on, as far as `count` values tell anything, but at least to 99 and at most to
// 99.9999 %. x of a percentile p, 0 to 1, is percentile_place(p).
chart_axis percentile_axis(double count);
double percentile_place(double share);

}  // namespace relayauth::load
