#include "relayauth/load/html_report.hpp"
#include "relayauth/load/result_charts.hpp"

#include "../unit/load/made_result.hpp"
#include "browser.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// How a real browser shows the HTML report: nothing is wider than the window, no label is cut off,
// overlaps another or is too small to read, and all text stands out from its background.
namespace relayauth::lab {
namespace {

using testing::HasSubstr;

load::result merged_result() {
    auto run = load::made_result();
    run.closed_loop = true;
    run.machines.push_back(run.machines.front());
    run.machines.push_back({{"host", std::string(150, 'h')}});
    run.options.emplace_back("--a-very-long-option-name", std::string(190, 'v'));
    run.counts.refused_by[std::string(190, 'r')] = 5;
    run.counts.refused_by["<script>alert(1)</script>"] = 7;
    run.verdict = {load::verdict_kind::invalid, {std::string(190, 'w')}};
    return run;
}

std::vector<framed_page> all_reports() {
    load::result single;
    single.latency.record(std::chrono::milliseconds(3));
    std::vector<framed_page> pages;
    for (const auto& [name, run] :
         {std::pair<std::string, load::result>{"usual", load::made_result()},
          {"merged", merged_result()},
          {"long", load::long_result()},
          {"failed", load::failed_result()},
          {"slow", load::slow_result()},
          {"single", single},
          {"empty", {}}}) {
        for (const int width : {400, 768, 1280}) {
            pages.push_back({name + std::to_string(width), load::html_report(run), width});
        }
    }
    return pages;
}

std::vector<framed_page> all_images() {
    std::vector<framed_page> pages;
    for (const auto& run : {load::made_result(), load::slow_result(), load::result()}) {
        for (const int width : {360, 640}) {
            pages.push_back({"image" + std::to_string(width),
                             "<!DOCTYPE html><meta name=\"color-scheme\" content=\"light dark\">"
                             "<style>body{margin:0}svg{max-width:100%;height:auto}</style>" +
                                 load::percentile_svg(run),
                             width});
        }
    }
    return pages;
}

class Shown : public testing::TestWithParam<colour_scheme> {};

TEST_P(Shown, ReportsAreReadableAtEveryWidth) {
    EXPECT_EQ(measured(all_reports(), GetParam()), "\nlooked at 21 frames, many texts\n");
}

TEST_P(Shown, ImagesAreReadableAtEveryWidth) {
    EXPECT_EQ(measured(all_images(), GetParam()), "\nlooked at 6 frames, few texts\n");
}

INSTANTIATE_TEST_SUITE_P(Pages, Shown, testing::Values(colour_scheme::light, colour_scheme::dark));

// A check that nothing fails would be none.
TEST(PageMeasures, FindWhatIsWrong) {
    const std::string page =
        "<!DOCTYPE html><html><body style=\"margin:0;background:#fff\">"
        "<p style=\"color:#999\">pale</p><div style=\"width:500px\">wide</div>"
        "<svg viewBox=\"0 0 100 100\" width=\"100\"><text style=\"font-size:5px\" "
        "y=\"50\">low</text>"
        "<text style=\"font-size:12px\" y=\"52\">over</text>"
        "<text style=\"font-size:12px\" x=\"90\" y=\"90\">outside</text></svg>"
        "<img src=\"file:///none.png\"><script>console.error('told')</script></body></html>";
    const auto found = measured({{"bad", page, 400}}, colour_scheme::light);
    for (const auto* words : {"console: ", "told", "bad: contrast 2.85 of \"pale\"",
                              "bad: the page scrolls: 500 of 400 px", "bad: DIV ends at 500 px",
                              "bad: \"low\" is 5.0 px high", "bad: \"low\" and \"over\" overlap",
                              "bad: \"outside\" is cut off"}) {
        EXPECT_THAT(found, HasSubstr(words));
    }
    EXPECT_THAT(measured({{"other", "<p>x", 400}}, colour_scheme::dark), HasSubstr("looked at 1"));
}

}  // namespace
}  // namespace relayauth::lab
