#include "relayauth/base/nearest.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace relayauth {
namespace {

constexpr std::array<std::string_view, 4> names = {"listen", "max_lifetime", "realm", "key"};

std::string_view nearest(std::string_view typed) {
    return nearest_name(typed, names);
}

TEST(NearestName, FindsAnExactName) {
    for (const auto name : names) EXPECT_EQ(nearest(name), name);
}

TEST(NearestName, ForgivesOneInsertionDeletionOrReplacement) {
    EXPECT_EQ(nearest("lissten"), "listen");
    EXPECT_EQ(nearest("liste"), "listen");
    EXPECT_EQ(nearest("isten"), "listen");
    EXPECT_EQ(nearest("liXten"), "listen");
    EXPECT_EQ(nearest("max-lifetime"), "max_lifetime");
}

TEST(NearestName, ForgivesAThirdOfTheNameAndOneMore) {
    constexpr std::array<std::string_view, 1> six = {"abcdef"};
    EXPECT_EQ(nearest_name("abcXYZ", six), "abcdef");
    EXPECT_EQ(nearest_name("abWXYZ", six), "");
    constexpr std::array<std::string_view, 1> five = {"abcde"};  // a third, rounded down, is 1
    EXPECT_EQ(nearest_name("abcXY", five), "abcde");
    EXPECT_EQ(nearest_name("abXYZ", five), "");
}

TEST(NearestName, CountsTheFewestSteps) {
    // Three steps apart, though only the last letter stands in the same place.
    constexpr std::array<std::string_view, 1> one = {"sitting"};
    EXPECT_EQ(nearest_name("kitten", one), "sitting");
    constexpr std::array<std::string_view, 1> other = {"saturday"};
    EXPECT_EQ(nearest_name("sunday", other), "saturday");
}

TEST(NearestName, PrefersTheNearerAndThenTheFirst) {
    constexpr std::array<std::string_view, 3> close = {"clock_a", "clock_bb", "clock_b"};
    EXPECT_EQ(nearest_name("clock_b", close), "clock_b");
    EXPECT_EQ(nearest_name("clock_c", close), "clock_a");
}

TEST(NearestName, GivesNothingWhenNothingIsNear) {
    EXPECT_EQ(nearest("workers_and_more"), "");
    EXPECT_EQ(nearest(""), "");
    EXPECT_EQ(nearest_name("listen", {}), "");
}

TEST(NearestName, GivesUpOnOverlongInput) {
    const std::string name(64, 'a');
    const std::array<std::string_view, 1> only = {name};
    EXPECT_EQ(nearest_name(name, only), name);
    EXPECT_EQ(nearest_name(name + 'a', only), "");
}

}  // namespace
}  // namespace relayauth
