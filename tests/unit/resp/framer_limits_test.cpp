#include "tests/unit/resp/feed.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace relayauth::resp {
namespace {

TEST(RespFramerLimits, RefusesAnElementCountThatIsNoNumber) {
    for (const auto* count :
         {"", "x", "+1", " 1", "1 ", "01", "00", "-0", "-01", "-", "1x", "0x1", "1.0", "--1",
          "9223372036854775808", "-9223372036854775809", "99999999999999999999999"}) {
        const auto header = "*" + std::string(count) + "\r\n";
        EXPECT_TRUE(breaks_with(header, errc::element_count_malformed)) << count;
    }
}

TEST(RespFramerLimits, RefusesANegativeElementCountBelowMinusOne) {
    EXPECT_TRUE(breaks_with("*-2\r\n", errc::element_count_malformed));
    EXPECT_TRUE(breaks_with("*-9223372036854775808\r\n", errc::element_count_malformed));
}

TEST(RespFramerLimits, RefusesAHeaderThatDoesNotEndInCrLf) {
    EXPECT_TRUE(breaks_with("*1\n$4\r\nPING\r\n", errc::element_count_malformed));
    EXPECT_TRUE(breaks_with("*12\n", errc::element_count_malformed));
    EXPECT_TRUE(breaks_with("*\n", errc::element_count_malformed));
    EXPECT_TRUE(breaks_with("*1\rX$4\r\nPING\r\n", errc::element_count_malformed));
    EXPECT_TRUE(breaks_with("*1\r\n$4\nPING\r\n", errc::bulk_length_malformed));
    EXPECT_TRUE(breaks_with("*1\r\n$4\rXPING\r\n", errc::bulk_length_malformed));
}

TEST(RespFramerLimits, DoesNotWaitForTheEndOfANumberLongerThanAny) {
    // `*`, 20 digits and CRLF may still be a number; with one octet more it cannot be.
    EXPECT_FALSE(fed({"*000000000000000000000"}).broken);
    EXPECT_TRUE(breaks_with("*0000000000000000000000", errc::element_count_malformed));
    EXPECT_TRUE(breaks_with("*1\r\n$0000000000000000000000", errc::bulk_length_malformed));
}

TEST(RespFramerLimits, TakesAThousandElementsAndNotOneMore) {
    std::string thousand = "*1000\r\n";
    for (int i = 0; i < 1000; ++i) thousand += "$1\r\na\r\n";
    const auto seen = fed({thousand});
    ASSERT_EQ(seen.commands.size(), 1u);
    EXPECT_EQ(seen.commands[0], words(1000, "a"));
    EXPECT_TRUE(breaks_with("*1001\r\n", errc::too_many_elements));
    EXPECT_TRUE(breaks_with("*9223372036854775807\r\n", errc::too_many_elements));
}

TEST(RespFramerLimits, AThousandElementsMayComeByteByByte) {
    std::string thousand = "*1000\r\n";
    for (int i = 0; i < 1000; ++i) thousand += "$1\r\na\r\n";
    EXPECT_EQ(fed_byte_by_byte(thousand), fed({thousand}));
}

TEST(RespFramerLimits, RefusesNestedArrays) {
    EXPECT_TRUE(breaks_with("*1\r\n*1\r\n$4\r\nPING\r\n", errc::nested_array));
    EXPECT_TRUE(breaks_with("*2\r\n$3\r\nGET\r\n*", errc::nested_array));
}

TEST(RespFramerLimits, RefusesAnElementThatIsNoBulkStringAndNamesItsFirstOctet) {
    EXPECT_TRUE(breaks_with("*1\r\nx4\r\nPING\r\n", errc::bulk_string_missing));
    EXPECT_TRUE(breaks_with("*1\r\n\r\n", errc::bulk_string_missing));
    EXPECT_EQ(fed({"*1\r\nx"}).got, 'x');
    EXPECT_EQ(fed({"*2\r\n$1\r\na\r\n:1\r\n"}).got, ':');
    EXPECT_EQ(fed({"*1\r\n\xff"}).got, 0xff);
}

TEST(RespFramerLimits, RefusesABulkLengthThatIsNoNumberOrNegative) {
    for (const auto* length : {"", "x", "+4", " 4", "4 ", "04", "-0", "-1", "-2", "4x",
                               "99999999999999999999", "-9223372036854775808"}) {
        const auto bytes = "*1\r\n$" + std::string(length) + "\r\nPING\r\n";
        EXPECT_TRUE(breaks_with(bytes, errc::bulk_length_malformed)) << length;
    }
}

TEST(RespFramerLimits, RefusesABulkLengthThatLies) {
    for (const auto* bytes :
         {"*1\r\n$3\r\nPING\r\n", "*1\r\n$4\r\nPINGxx", "*1\r\n$4\r\nPING\rx",
          "*1\r\n$4\r\nPINGx\n", "*1\r\n$4\r\nPING\n\n", "*1\r\n$0\r\nPING\r\n"}) {
        EXPECT_TRUE(breaks_with(bytes, errc::bulk_end_missing)) << bytes;
    }
    // One that promises more waits for it.
    EXPECT_TRUE(fed({"*1\r\n$9\r\nPING\r\n"}).inside_command);
}

// `*1`, a header of 8 octets and the last CRLF: 14 octets around the argument.
constexpr std::size_t longest_argument = 65536 - 14;

std::string command_with_argument_of(std::size_t size) {
    return "*1\r\n$" + std::to_string(size) + "\r\n" + std::string(size, 'a') + "\r\n";
}

TEST(RespFramerLimits, TakesACommandOf64KibibytesAndNotOneMore) {
    const auto longest = command_with_argument_of(longest_argument);
    ASSERT_EQ(longest.size(), 65536u);
    EXPECT_EQ(fed({longest + "PING\r\n"}).commands.size(), 2u);
    EXPECT_TRUE(
        breaks_with(command_with_argument_of(longest_argument + 1), errc::command_too_long));
}

TEST(RespFramerLimits, RefusesATooLongCommandAtItsHeader) {
    EXPECT_TRUE(breaks_with("*1\r\n$65523\r\n", errc::command_too_long));
    EXPECT_TRUE(breaks_with("*1\r\n$9223372036854775807\r\n", errc::command_too_long));
    EXPECT_FALSE(fed({"*1\r\n$65522\r\n"}).broken);
}

TEST(RespFramerLimits, CountsAllElementsOfACommand) {
    const auto first = "*2\r\n$65500\r\n" + std::string(65500, 'a') + "\r\n";  // 65514 octets
    EXPECT_EQ(fed({first + "$15\r\n" + std::string(15, 'b') + "\r\n"}).commands.size(), 1u);
    EXPECT_TRUE(breaks_with(first + "$16\r\n", errc::command_too_long));
}

TEST(RespFramerLimits, RefusesAHeaderThatWouldCrossTheLimit) {
    // The first element fills the command up to its last octet: a second one cannot be.
    auto full = command_with_argument_of(longest_argument);
    full[1] = '2';
    EXPECT_TRUE(breaks_with(full, errc::command_too_long));
    EXPECT_TRUE(breaks_with(full + "x", errc::command_too_long));
    auto nearly_full = command_with_argument_of(longest_argument - 1);
    nearly_full[1] = '2';
    EXPECT_FALSE(fed({nearly_full}).broken);
    EXPECT_TRUE(breaks_with(nearly_full + "$1\r\na\r\n", errc::command_too_long));
    // Here the second header ends exactly at the limit, and no room is left for its CRLF.
    auto header_only = command_with_argument_of(longest_argument - 4);
    header_only[1] = '2';
    EXPECT_TRUE(breaks_with(header_only + "$0\r\n", errc::command_too_long));
}

TEST(RespFramerLimits, TakesAnInlineCommandOf64KibibytesAndNotOneMore) {
    const std::string line(65535, 'A');
    EXPECT_EQ(fed({line + "\n"}).commands.size(), 1u);
    EXPECT_FALSE(fed({line}).broken);
    EXPECT_TRUE(breaks_with(line + "A", errc::inline_too_long));
    EXPECT_TRUE(breaks_with(line + "A\n", errc::inline_too_long));
}

TEST(RespFramerLimits, SkippedOctetsDoNotCount) {
    const std::string blanks(70000, '\n');
    EXPECT_EQ(fed({blanks + command_with_argument_of(longest_argument)}).commands.size(), 1u);
    EXPECT_EQ(fed({blanks + std::string(65535, 'A') + "\n"}).commands.size(), 1u);
}

TEST(RespFramerLimits, ReportsWhatSplitWordsReports) {
    EXPECT_TRUE(breaks_with("ECHO \"a\r\n", errc::quotes_unbalanced));
    std::string words_1001;
    for (int i = 0; i < 1001; ++i) words_1001 += "a ";
    EXPECT_TRUE(breaks_with(words_1001 + "\r\n", errc::too_many_elements));
}

TEST(RespFramerLimits, CommandsBeforeTheFaultAreGiven) {
    const auto seen = fed({"PING\r\n*1\r\n$4\r\nPING\r\n*x\r\n"});
    EXPECT_EQ(seen.commands.size(), 2u);
    EXPECT_EQ(seen.broken, errc::element_count_malformed);
}

}  // namespace
}  // namespace relayauth::resp
