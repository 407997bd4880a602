#include "relayauth/base/glob.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace relayauth {
namespace {

TEST(Glob, PlainTextMatchesItselfOnly) {
    EXPECT_TRUE(matches_glob("fe01.example.test", "fe01.example.test"));
    EXPECT_FALSE(matches_glob("fe01.example.test", "fe01.example.tes"));
    EXPECT_FALSE(matches_glob("fe01.example.tes", "fe01.example.test"));
    EXPECT_FALSE(matches_glob("fe01", "fe02"));
    EXPECT_TRUE(matches_glob("", ""));
    EXPECT_FALSE(matches_glob("", "a"));
    EXPECT_FALSE(matches_glob("a", ""));
}

TEST(Glob, LettersCompareWithoutCase) {
    EXPECT_TRUE(matches_glob("FE*.Example.TEST", "fe01.eXAMPLE.test"));
    EXPECT_FALSE(matches_glob("[", "{"));
}

TEST(Glob, StarStandsForAnyRunAlsoNone) {
    EXPECT_TRUE(matches_glob("*", ""));
    EXPECT_TRUE(matches_glob("*", "anything.at.all"));
    EXPECT_TRUE(matches_glob("fe*", "fe"));
    EXPECT_TRUE(matches_glob("*.test", ".test"));
    EXPECT_TRUE(matches_glob("a*b*c", "abc"));
    EXPECT_TRUE(matches_glob("a*b*c", "axxbyybzzc"));
    EXPECT_TRUE(matches_glob("**a**", "a"));
    EXPECT_TRUE(matches_glob("a***", "a"));
    EXPECT_FALSE(matches_glob("*.test", "a.test.org"));
    EXPECT_FALSE(matches_glob("a*b*c", "axxbyyd"));
    EXPECT_FALSE(matches_glob("a*", "b"));
}

TEST(Glob, StarTriesAgainAfterAFalseStart) {
    EXPECT_TRUE(matches_glob("*ab", "aab"));
    EXPECT_TRUE(matches_glob("*aab", "aaaab"));
    EXPECT_TRUE(matches_glob("a*bc*d", "abbcbcd"));
    EXPECT_FALSE(matches_glob("*aab", "aaab a"));
}

TEST(Glob, QuestionMarkStandsForExactlyOne) {
    EXPECT_TRUE(matches_glob("fe?", "fe1"));
    EXPECT_FALSE(matches_glob("fe?", "fe"));
    EXPECT_FALSE(matches_glob("fe?", "fe12"));
    EXPECT_TRUE(matches_glob("?*", "a"));
    EXPECT_FALSE(matches_glob("?*", ""));
    EXPECT_FALSE(matches_glob("*?", ""));
    EXPECT_TRUE(matches_glob("*?", "ab"));
}

TEST(Glob, StarsInTheTextAreOrdinary) {
    EXPECT_TRUE(matches_glob("*", "*"));
    EXPECT_TRUE(matches_glob("?", "*"));
    EXPECT_FALSE(matches_glob("a", "*"));
}

TEST(Glob, ReadsNothingBeyondEitherEnd) {
    // Exactly sized on the heap: a sanitizer sees one character too many.
    const std::vector<char> pattern = {'a', '*', 'b'}, text = {'a', 'b', 'b'};
    for (std::size_t p = 0; p <= pattern.size(); ++p) {
        const std::vector<char> cut(pattern.begin(),
                                    pattern.begin() + static_cast<std::ptrdiff_t>(p));
        EXPECT_EQ(matches_glob({cut.data(), cut.size()}, {text.data(), text.size()}), p >= 2);
    }
}

TEST(Glob, ManyStarsAgainstALongTextStayCheap) {
    // A matcher that tries every split of every star would not return before the stars burn out.
    std::string pattern;
    for (int i = 0; i < 30; ++i) pattern += "*a";
    EXPECT_FALSE(matches_glob(pattern + "*b", std::string(5000, 'a')));
    EXPECT_TRUE(matches_glob(pattern + "*", std::string(5000, 'a')));
}

}  // namespace
}  // namespace relayauth
