#include "relayauth/load/svg_chart.hpp"

#include "../mras/xmllint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace relayauth::load {
namespace {

using testing::HasSubstr;
using testing::Not;

// Drawn 100 by 100: with text of size 0 the plot fills it, and 0 is at its bottom.
constexpr chart_size whole{100, 100, 0};

svg_chart one_series(std::vector<chart_series::point> points, bool bars = false) {
    svg_chart chart;
    chart.id = "c";
    chart.title = "Title";
    chart.description = "Words.";
    chart.x.to = 10;
    chart.y.to = 100;
    chart.series.push_back({"s", "main", bars, std::move(points)});
    return chart;
}

TEST(SvgChart, DrawsALineThroughItsPoints) {
    EXPECT_THAT(draw(one_series({{0, 0}, {5, 50}, {10, 100}}), whole),
                HasSubstr("<path class=\"line main\" d=\"M0 100L50 50L100 0\"/>"));
}

TEST(SvgChart, DrawsStepsInTheShortestWords) {
    EXPECT_THAT(draw(one_series({{0, 10}, {5, 10}, {5, 20}, {10, 20}}), whole),
                HasSubstr("d=\"M0 90H50V80H100\""));
}

TEST(SvgChart, LeavesAGapWhereThereIsNoValue) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THAT(draw(one_series({{0, 10}, {2, 10}, {2, none}, {4, none}, {4, 10}, {6, 10}}), whole),
                HasSubstr("d=\"M0 90H20M40 90H60\""));
}

TEST(SvgChart, DrawsNoBarTooLowOrTooNarrowToBeSeen) {
    EXPECT_THAT(
        draw(one_series({{0, 50}, {5, 50}, {5, 0}, {6, 0}, {6, 0.1}, {6.01, 0.1}}, true), whole),
        HasSubstr("d=\"M0 100V50H50V100ZM60 100V96H61V100Z\""));
}

TEST(SvgChart, KeepsWhatIsOutOfRangeAtTheEdge) {
    EXPECT_THAT(draw(one_series({{-5, 200}, {20, -1}}), whole), HasSubstr("d=\"M0 0L100 100\""));
}

TEST(SvgChart, NamesItsAxesTicksAndSeries) {
    auto chart = one_series({{0, 0}, {1, 1}});
    chart.x.title = "seconds";
    chart.y.title = "requests";
    chart.x.ticks = {{5, "five"}};
    chart.y.ticks = {{50, "fifty"}};
    const auto drawn = draw(chart);
    for (const auto* words : {">seconds<", ">requests<", ">five<", ">fifty<", ">s<"}) {
        EXPECT_THAT(drawn, HasSubstr(words));
    }
}

TEST(SvgChart, TellsThoseWhoCannotSeeIt) {
    const auto drawn = draw(one_series({}));
    EXPECT_THAT(drawn, HasSubstr("role=\"img\" aria-labelledby=\"c-title c-words\""));
    EXPECT_THAT(drawn, HasSubstr("<title id=\"c-title\">Title</title>"));
    EXPECT_THAT(drawn, HasSubstr("<desc id=\"c-words\">Words.</desc>"));
}

TEST(SvgChart, SaysWhereThereIsNothing) {
    auto chart = one_series({});
    EXPECT_THAT(draw(chart), Not(HasSubstr("class=\"note\"")));
    chart.nothing = "no answers";
    EXPECT_THAT(draw(chart), HasSubstr("class=\"note\">no answers</text>"));
}

TEST(SvgChart, IsAFileOfItsOwnWithItsStyleAndNothingFromElsewhere) {
    const auto file = draw_file(one_series({{0, 0}, {1, 1}}));
    EXPECT_EQ(mras::accepted_by_xmllint({file}, "svg_chart", false), std::vector<bool>{true});
    EXPECT_THAT(file, HasSubstr("<svg class=\"chart\" viewBox=\"-16 -16 640 400\""));
    EXPECT_THAT(file, HasSubstr("prefers-color-scheme:dark"));
    EXPECT_THAT(file, HasSubstr("<rect class=\"back\""));
    EXPECT_THAT(file, Not(HasSubstr("url(")));
    EXPECT_THAT(file, Not(HasSubstr("<script")));
    EXPECT_EQ(file.find("http"), file.find("http://www.w3.org/2000/svg"));
    EXPECT_EQ(file.find("http"), file.rfind("http"));
}

TEST(ChartStyle, HasEveryColourThatItUses) {
    std::string_view rest = chart_style();
    for (auto at = rest.find("var("); at != std::string_view::npos; at = rest.find("var(")) {
        rest.remove_prefix(at + 4);
        const auto name = std::string(rest.substr(0, rest.find(')'))) + ":";
        const auto first = colour_style().find(name);
        EXPECT_NE(first, std::string_view::npos) << name;
        EXPECT_NE(colour_style().find(name, first + 1), std::string_view::npos) << "dark " << name;
    }
}

}  // namespace
}  // namespace relayauth::load
