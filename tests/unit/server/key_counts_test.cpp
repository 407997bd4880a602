#include "relayauth/server/key_counts.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

using sums = std::map<std::string, std::uint64_t, std::less<>>;

sums read(const key_counts& counts) {
    sums all;
    counts.add_to(all);
    return all;
}

TEST(KeyCounts, CountsEachKeyOnItsOwn) {
    key_counts counts;
    EXPECT_EQ(read(counts), sums{});
    for (const auto* id : {"168e9d81", "57979a6c", "168e9d81"}) counts.add(id);
    EXPECT_EQ(read(counts), (sums{{"168e9d81", 2}, {"57979a6c", 1}}));
}

TEST(KeyCounts, AddsToWhatIsThere) {
    key_counts one, two;
    one.add("168e9d81");
    two.add("168e9d81");
    sums all = {{"168e9d81", 5}, {"never", 0}};
    one.add_to(all);
    two.add_to(all);
    EXPECT_EQ(all, (sums{{"168e9d81", 7}, {"never", 0}}));
}

TEST(KeyCounts, CountsWhatHasNoPlaceAsOther) {
    key_counts counts;
    counts.add("");
    counts.add("longer than an id");
    for (std::size_t i = 0; i < key_counts::most_keys + 3; ++i) counts.add(std::to_string(i));
    const auto all = read(counts);
    EXPECT_EQ(all.size(), key_counts::most_keys + 1);
    EXPECT_EQ(all.at("other"), 5u);
    EXPECT_EQ(all.at("31"), 1u);
    EXPECT_FALSE(all.contains("32"));
}

}  // namespace
}  // namespace relayauth::server
