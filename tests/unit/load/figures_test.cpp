#include "relayauth/load/figures.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace relayauth::load {
namespace {

using namespace std::chrono_literals;

TEST(CountFigure, GroupsItsDigits) {
    EXPECT_EQ(count_figure(0), "0");
    EXPECT_EQ(count_figure(999), "999");
    EXPECT_EQ(count_figure(1'000), "1,000");
    EXPECT_EQ(count_figure(123'456), "123,456");
    EXPECT_EQ(count_figure(1'234'567), "1,234,567");
    EXPECT_EQ(count_figure(std::numeric_limits<std::uint64_t>::max()),
              "18,446,744,073,709,551,615");
}

TEST(DurationFigure, HasThreeDigitsAndTheUnitThatSuits) {
    EXPECT_EQ(duration_figure(0ns), "0 us");
    EXPECT_EQ(duration_figure(1ns), "0.001 us");
    EXPECT_EQ(duration_figure(250ns), "0.250 us");
    EXPECT_EQ(duration_figure(1us), "1.00 us");
    EXPECT_EQ(duration_figure(12'345ns), "12.3 us");
    EXPECT_EQ(duration_figure(123'456ns), "123 us");
    EXPECT_EQ(duration_figure(1'234'567ns), "1.23 ms");
    EXPECT_EQ(duration_figure(60s), "60.0 s");
    EXPECT_EQ(duration_figure(20min), "1,200 s");
}

TEST(DurationFigure, RoundsIntoTheNextUnitAndNotTo1000) {
    EXPECT_EQ(duration_figure(9'994ns), "9.99 us");
    EXPECT_EQ(duration_figure(9'995ns), "10.0 us");
    EXPECT_EQ(duration_figure(99'949ns), "99.9 us");
    EXPECT_EQ(duration_figure(99'950ns), "100 us");
    EXPECT_EQ(duration_figure(999'499ns), "999 us");
    EXPECT_EQ(duration_figure(999'500ns), "1.00 ms");
    EXPECT_EQ(duration_figure(999'500us), "1.00 s");
    EXPECT_EQ(duration_figure(999'500ms), "1,000 s");
}

TEST(RateFigure, HasThreeDigitsOrAllBeforeThePoint) {
    EXPECT_EQ(rate_figure(0), "0");
    EXPECT_EQ(rate_figure(0.8666), "0.867");
    EXPECT_EQ(rate_figure(4.567), "4.57");
    EXPECT_EQ(rate_figure(16.66), "16.7");
    EXPECT_EQ(rate_figure(166.6), "167");
    EXPECT_EQ(rate_figure(4'999.1), "4,999");
    EXPECT_EQ(rate_figure(std::numeric_limits<double>::quiet_NaN()), "0");
    EXPECT_EQ(rate_figure(1e300), "1,000,000,000,000,000,000");
}

TEST(ShareFigure, ReadsAllOrNothingOnlyWhereItIs) {
    EXPECT_EQ(share_figure(0, 0), "0 %");
    EXPECT_EQ(share_figure(0, 5), "0 %");
    EXPECT_EQ(share_figure(5, 5), "100 %");
    EXPECT_EQ(share_figure(1, 3), "33.33 %");
    EXPECT_EQ(share_figure(1, 10'000), "0.01 %");
    EXPECT_EQ(share_figure(1, 1'000'000), "<0.01 %");
    EXPECT_EQ(share_figure(999'999, 1'000'000), ">99.99 %");
    EXPECT_EQ(share_figure(6, 5), "120.00 %");
}

TEST(SafeText, CanOnlyBeRead) {
    EXPECT_EQ(safe_text("Server Busy"), "Server Busy");
    EXPECT_EQ(safe_text("a\x1b[31m\n\xFF"), "a\\x1b[31m\\n\\xff");
}

TEST(SafeText, IsBoundedByCharactersAndNotCutInsideOne) {
    const std::string most(max_text, 'x');
    EXPECT_EQ(safe_text(most), most);
    EXPECT_EQ(safe_text(most + "y"), most + "...");
    std::string many;
    for (std::size_t i = 0; i <= max_text; ++i) many += "\xC3\xBC";
    EXPECT_EQ(safe_text(many), many.substr(0, 2 * max_text) + "...");
}

}  // namespace
}  // namespace relayauth::load
