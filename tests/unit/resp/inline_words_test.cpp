#include "relayauth/resp/inline_words.hpp"

#include "tests/unit/resp/feed.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relayauth::resp {
namespace {

// words_of gives what a line is cut into, from a block of exactly its size.
words words_of(std::string_view line) {
    const std::vector<char> octets(line.begin(), line.end());
    command_table table;
    const auto why = split_words({octets.data(), octets.size()}, table);
    if (why) return {"refused:", std::string(to_text(*why))};
    words all;
    for (const auto each : table.arguments()) all.emplace_back(as_text(each));
    return all;
}

bool is_unbalanced(std::string_view line) {
    const std::vector<char> octets(line.begin(), line.end());
    command_table table;
    return split_words({octets.data(), octets.size()}, table) == errc::quotes_unbalanced;
}

TEST(InlineWords, SplitsAtSpacesTabsAndCrs) {
    EXPECT_EQ(words_of("GET a"), (words{"GET", "a"}));
    EXPECT_EQ(words_of(" \tGET \t a\t\r"), (words{"GET", "a"}));
    EXPECT_EQ(words_of("ECHO a\rb"), (words{"ECHO", "a", "b"}));
    EXPECT_EQ(words_of("a\vb"), words{"a\vb"});
}

TEST(InlineWords, ABlankLineHasNone) {
    EXPECT_EQ(words_of(""), words{});
    EXPECT_EQ(words_of(" \t\r"), words{});
}

TEST(InlineWords, KeepsBinaryOctets) {
    EXPECT_EQ(words_of(octets_of("GET a\0b\xff")), (words{"GET", octets_of("a\0b\xff")}));
}

// Each pair is what redis-server 7.0.15 echoed.
TEST(InlineWords, ReadsQuotesLikeRedis) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {R"("a b")", "a b"},
        {R"('a b')", "a b"},
        {R"("\n\r\t\b\a\\\"\x41\x4g\q")", "\n\r\t\b\a\\\"Ax4gq"},
        {R"('a\'b\n\x41')", R"(a'b\n\x41)"},
        {R"(a"b c")", "ab c"},
        {R"("")", ""},
        {R"("a\x4")", "ax4"},
        {R"("a\xzz")", "axzz"},
        {R"("a\x00b")", octets_of("a\0b")},
        {R"('a\x41"')", R"(a\x41")"},
        {R"("'")", "'"},
    };
    for (const auto& [quoted, plain] : cases) {
        EXPECT_EQ(words_of("ECHO " + quoted), (words{"ECHO", plain})) << quoted;
        EXPECT_EQ(words_of(quoted + "\tb"), (words{plain, "b"})) << quoted;
    }
}

TEST(InlineWords, ReadsHexInBothCases) {
    EXPECT_EQ(words_of(R"("\xAf\xfA\x09\x90")"), words{"\xaf\xfa\x09\x90"});
    for (const auto* outside : {R"("\x/0")", R"("\x:0")", R"("\x@0")", R"("\xG0")", R"("\x`0")",
                                R"("\xg0")", R"("\x0/")", R"("\x0g")"}) {
        EXPECT_EQ(words_of(outside)[0].size(), 3u) << outside;  // the x and what follows
    }
}

TEST(InlineWords, RefusesUnbalancedQuotes) {
    for (const auto* line : {"\"a", "'a", "\"", "'", "a\"", "a'", R"("a\")", R"('a\')", R"("a\)",
                             R"('a\)", R"("\x4)", R"("\x41)", "\"a\" \"b"}) {
        EXPECT_TRUE(is_unbalanced(line)) << line;
    }
}

TEST(InlineWords, RefusesTextBehindAClosingQuote) {
    for (const auto* line : {"\"a\"b", "'a'b", "a'b'c", "\"a\"\"b\"", "\"a\"'b'"}) {
        EXPECT_TRUE(is_unbalanced(line)) << line;
    }
}

TEST(InlineWords, ManyQuotedWordsStayInPlace) {
    std::string line;
    words expected;
    for (int i = 0; i < 500; ++i) {
        line += "'word " + std::to_string(i) + "' ";
        expected.push_back("word " + std::to_string(i));
    }
    EXPECT_EQ(words_of(line), expected);
}

TEST(InlineWords, AWordOfTheLineBeforeIsGone) {
    command_table table;
    ASSERT_FALSE(split_words("'a' b", table));
    ASSERT_FALSE(split_words("'c'", table));
    ASSERT_EQ(table.arguments().size(), 1u);
    EXPECT_EQ(as_text(table.arguments()[0]), "c");
    EXPECT_EQ(table.unquoted, "c");
}

TEST(InlineWords, TakesAThousandAndNotOneMore) {
    std::string line;
    for (int i = 0; i < 1000; ++i) line += "a ";
    EXPECT_EQ(words_of(line), words(1000, "a"));
    command_table table;
    EXPECT_EQ(split_words(line + "a", table), errc::too_many_elements);
}

}  // namespace
}  // namespace relayauth::resp
