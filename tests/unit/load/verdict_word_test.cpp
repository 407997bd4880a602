#include "relayauth/load/verdict_word.hpp"

#include <gtest/gtest.h>

#include <set>

namespace relayauth::load {
namespace {

constexpr int kinds = 7;

TEST(VerdictWord, OfARunThatSaysNothingIsVoid) {
    EXPECT_EQ(to_text(verdict_kind::invalid), "void");
    EXPECT_EQ(to_text(verdict_kind::good), "good");
}

TEST(VerdictWord, IsAnotherForEachKindAndFindsBack) {
    std::set<std::string_view> words;
    for (int i = 0; i < kinds; ++i) {
        const auto kind = static_cast<verdict_kind>(i);
        words.insert(to_text(kind));
        EXPECT_EQ(parse_verdict_kind(to_text(kind)), kind);
    }
    EXPECT_EQ(words.size(), std::size_t{kinds});
}

TEST(VerdictWord, ThatIsNoneIsRefused) {
    for (const auto* word : {"", "Good", "good ", "invalid", "bad"}) {
        EXPECT_FALSE(parse_verdict_kind(word)) << word;
    }
}

}  // namespace
}  // namespace relayauth::load
