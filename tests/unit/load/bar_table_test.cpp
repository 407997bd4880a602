#include "relayauth/load/bar_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::load {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(BarTable, IsLongestForTheLargestCount) {
    const auto table = bar_table("Why", "reason", {{"rare", 1}, {"usual", 1'000}, {"half", 500}});
    EXPECT_LT(table.find("usual"), table.find("half"));
    EXPECT_LT(table.find("half"), table.find("rare"));
    EXPECT_THAT(table, HasSubstr("1,000</td><td><div class=\"bar\" style=\"width:100%\">"));
    EXPECT_THAT(table, HasSubstr("500</td><td><div class=\"bar\" style=\"width:50%\">"));
    EXPECT_THAT(table, HasSubstr("1</td><td><div class=\"bar\" style=\"width:1%\">"));
}

TEST(BarTable, EscapesWhatAServerSaid) {
    const auto table = bar_table("Why", "reason", {{"<script>alert(1)</script>", 1}});
    EXPECT_THAT(table, HasSubstr("&lt;script&gt;"));
    EXPECT_THAT(table, Not(HasSubstr("<script")));
}

TEST(BarTable, AddsUpWhatHasNoRoom) {
    std::map<std::string, std::uint64_t> counts;
    for (int i = 0; i < 100; ++i) counts["reason " + std::to_string(i)] = 7;
    EXPECT_THAT(bar_table("Why", "reason", counts),
                HasSubstr("88 others</th><td class=\"n\">616<"));
}

TEST(BarTable, OfNothingIsNothing) {
    EXPECT_EQ(bar_table("Why", "reason", {}), "");
}

}  // namespace
}  // namespace relayauth::load
