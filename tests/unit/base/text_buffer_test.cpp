#include "relayauth/base/text_buffer.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace relayauth {
namespace {

TEST(TextBuffer, AppendsPartsInTheirOrder) {
    text_buffer out;
    EXPECT_TRUE(out.empty());
    EXPECT_EQ(out.text(), "");
    out.put("a", std::string("bc"), std::string_view("d\0e", 3), "");
    out.put("f");
    EXPECT_EQ(out.text(), std::string_view("abcd\0ef", 7));
    EXPECT_EQ(out.size(), 7u);
    EXPECT_FALSE(out.empty());
}

TEST(TextBuffer, TakesAViewOfNothing) {
    text_buffer out;
    out.put(std::string_view());
    EXPECT_TRUE(out.empty());
    out.put(std::string_view(), "x", std::string_view());
    EXPECT_EQ(out.text(), "x");
}

TEST(TextBuffer, WritesNumbersOfAnyLength) {
    text_buffer out;
    out.put_number(0);
    out.put(" ");
    out.put_number(std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(out.text(), "0 18446744073709551615");
}

TEST(TextBuffer, GrowsAndKeepsWhatItHolds) {
    text_buffer out;
    std::string expected;
    for (int i = 0; i < 3000; ++i) {
        out.put("<", std::string(static_cast<std::size_t>(i % 7), 'x'), ">");
        expected.append("<").append(static_cast<std::size_t>(i % 7), 'x').append(">");
        ASSERT_EQ(out.size(), expected.size());
    }
    out.put(std::string(100'000, 'y'));
    EXPECT_EQ(out.text(), expected + std::string(100'000, 'y'));
}

TEST(TextBuffer, KeepsItsMemoryWhenCleared) {
    text_buffer out;
    out.put(std::string(5000, 'x'));
    const auto* const before = out.text().data();
    out.clear();
    EXPECT_EQ(out.text(), "");
    out.put(std::string(4000, 'y'));
    EXPECT_EQ(out.text().data(), before);
    EXPECT_EQ(out.text(), std::string(4000, 'y'));
}

}  // namespace
}  // namespace relayauth
