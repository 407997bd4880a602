#include "relayauth/server/log_line.hpp"

#include "log_capture.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

constexpr std::string_view nasty[] = {
    "",           "plain",           "two words",   "a=b",
    "\"quoted\"", "back\\",          "line\nbreak", "\r\n",
    "\t\x01\x7F", "Zo\xC3\xAB",      "bad\xFFutf8", "\xE2\x80\xA8",
    "{}[],:",     "event=x y=\"z\"", "\x1B[31mred"};

std::string text_line(std::string_view value) {
    return log_line(log_format::text, "refused").field("peer", value).text();
}

TEST(LogLine, WritesAnEventAndItsFields) {
    log_line line(log_format::text, "refused");
    line.field("peer", "192.0.2.1:5").field("status", std::uint64_t{403}).words("so it is");
    EXPECT_EQ(line.text(), "refused peer=192.0.2.1:5 status=403 words=\"so it is\"");
}

TEST(LogLine, WritesTheSameAsJsonWithoutTheBrackets) {
    log_line line(log_format::json, "refused");
    line.field("peer", "192.0.2.1:5").field("status", std::uint64_t{403}).words("so it is");
    EXPECT_EQ(
        line.text(),
        "\"event\":\"refused\",\"peer\":\"192.0.2.1:5\",\"status\":403,\"words\":\"so it is\"");
}

TEST(LogLine, LeavesEmptyWordsOutAndEmptyFieldsIn) {
    EXPECT_EQ(log_line(log_format::text, "e").words("").text(), "e");
    EXPECT_EQ(log_line(log_format::text, "e").field("k", "").text(), "e k=\"\"");
    EXPECT_EQ(log_line(log_format::json, "e").field("k", "").text(), "\"event\":\"e\",\"k\":\"\"");
}

TEST(LogLine, QuotesWhereAValueCouldEndEarly) {
    EXPECT_EQ(text_line("plain-1.2:3"), "refused peer=plain-1.2:3");
    EXPECT_EQ(text_line("two words"), "refused peer=\"two words\"");
    EXPECT_EQ(text_line("a=b"), "refused peer=\"a=b\"");
    EXPECT_EQ(text_line("a\"b"), "refused peer=\"a\\\"b\"");
    EXPECT_EQ(text_line("a\\b"), "refused peer=\"a\\\\b\"");
}

TEST(LogLine, EscapesControlCharactersAndWhatIsNotUtf8) {
    EXPECT_EQ(text_line("a\nb"), "refused peer=a\\u000ab");
    EXPECT_EQ(text_line("\r\x1F\x7F"), "refused peer=\\u000d\\u001f\\u007f");
    EXPECT_EQ(text_line(std::string_view("\0", 1)), "refused peer=\\u0000");
    EXPECT_EQ(text_line("a\xFF"), "refused peer=a\\u00ff");
    EXPECT_EQ(text_line("Zo\xC3\xAB"), "refused peer=Zo\xC3\xAB");
    EXPECT_EQ(text_line("\xC2\x9B"
                        "1m\xC2\x80\xC2\x9F\xC2\xA0"),
              "refused peer=\\u009b1m\\u0080\\u009f\xC2\xA0")
        << "some terminals obey U+0080 to U+009F";
}

TEST(LogLine, NoValueBeginsANewLine) {
    for (const auto value : nasty) {
        for (const char c : text_line(value)) {
            EXPECT_GE(static_cast<unsigned char>(c), 0x20u);
        }
    }
}

TEST(LogLine, EveryValueComesBackFromJson) {
    for (const auto value : nasty) {
        const auto line = log_line(log_format::json, value).field("k", value).text();
        const auto parsed = parse_flat_json("{" + line + "}");
        ASSERT_TRUE(parsed) << line;
        EXPECT_EQ(parsed->at("k"), value);
        EXPECT_EQ(parsed->at("event"), value);
    }
}

TEST(Log, WritesJsonObjectsWithTimeAndLevel) {
    const auto lines = lines_of(log_format::json, [](log& output) {
        for (const auto value : nasty) {
            output.write(log_level::warning, output.line("e").field("k", value));
        }
        output.write(log_level::error, output.line("last").field("n", std::uint64_t{7}));
    });
    ASSERT_EQ(lines.size(), std::size(nasty) + 1);
    for (std::size_t i = 0; i < std::size(nasty); ++i) {
        const auto parsed = parse_flat_json(lines[i]);
        ASSERT_TRUE(parsed) << lines[i];
        EXPECT_EQ(parsed->at("k"), nasty[i]);
        EXPECT_EQ(parsed->at("level"), "warning");
        EXPECT_EQ(parsed->at("time").size(), std::string_view("2026-11-22T09:30:54.500Z").size());
    }
    const auto last = parse_flat_json(lines.back());
    ASSERT_TRUE(last);
    EXPECT_EQ(last->at("level"), "error");
    EXPECT_EQ(last->at("n"), "7");
}

TEST(Log, WritesOneTextLineForEachInItsOrder) {
    const auto lines = lines_of(log_format::text, [](log& output) {
        output.write(log_level::info, output.line("first").field("k", "{} %v\n"));
        output.write(log_level::error, output.line("second"));
    });
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0].substr(24), " info first k=\"{} %v\\u000a\"");
    EXPECT_EQ(lines[0][23], 'Z');
    EXPECT_EQ(lines[1].substr(24), " error second");
}

}  // namespace
}  // namespace relayauth::server
