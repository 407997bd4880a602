#include "relayauth/load/outcome.hpp"

#include <gtest/gtest.h>

#include <set>

namespace relayauth::load {
namespace {

TEST(Outcome, EachHasAWordOfItsOwn) {
    std::set<std::string_view> words;
    for (std::size_t i = 0; i < outcome_count; ++i) words.insert(to_text(outcome(i)));
    for (std::size_t i = 0; i < incident_count; ++i) words.insert(to_text(incident(i)));
    EXPECT_EQ(words.size(), outcome_count + incident_count);
}

TEST(Tally, ErrorsAreAllButGoodAndWhatCameUnbidden) {
    tally counts;
    for (std::size_t i = 0; i < outcome_count; ++i) counts[outcome(i)] = 1;
    EXPECT_EQ(counts.planned(), outcome_count);
    EXPECT_EQ(counts.errors(), outcome_count - 1);
    for (std::size_t i = 0; i < incident_count; ++i) counts[incident(i)] = 1;
    EXPECT_EQ(counts.errors(), outcome_count - 1 + 2);
}

TEST(Tally, AddsUp) {
    tally a, b;
    a[outcome::good] = 3;
    a.refused_by["busy"] = 2;
    b[outcome::good] = 4;
    b[incident::repeated] = 1;
    b.refused_by["busy"] = 1;
    b.wrong_by["CSeq"] = 5;
    a.merge(b);
    EXPECT_EQ(a[outcome::good], 7u);
    EXPECT_EQ(a[incident::repeated], 1u);
    EXPECT_EQ(a.refused_by["busy"], 3u);
    EXPECT_EQ(a.wrong_by["CSeq"], 5u);
}

}  // namespace
}  // namespace relayauth::load
