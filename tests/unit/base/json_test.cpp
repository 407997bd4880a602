#include "relayauth/base/json.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace relayauth {
namespace {

TEST(JsonText, EscapesQuotesAndBackslashes) {
    EXPECT_EQ(json_text(R"(a"b\c/d)"), R"("a\"b\\c/d")");
    EXPECT_EQ(json_text(""), R"("")");
}

TEST(JsonText, EscapesControlCharacters) {
    EXPECT_EQ(json_text(std::string_view("\0\n\x1f", 3)), R"("\u0000\u000a\u001f")");
    EXPECT_EQ(json_text("\x7f\xC2\x9B\xE2\x80\xAE"), R"("\u007f\u009b\u202e")");
}

TEST(JsonText, KeepsUtf8AndReplacesWhatIsNone) {
    EXPECT_EQ(json_text("東京😀"), "\"東京😀\"");
    EXPECT_EQ(json_text("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
}

TEST(JsonObject, KeepsTheOrderOfItsMembers) {
    json_object object;
    EXPECT_EQ(object.text(), "{}");
    object.add("z", "text").add("a", std::int64_t{-5}).add("m", true).add("n", false);
    object.add("s", std::string("q\"")).add_raw("r", "[1,null]");
    EXPECT_EQ(object.text(), R"({"z":"text","a":-5,"m":true,"n":false,"s":"q\"","r":[1,null]})");
}

TEST(JsonObject, WritesTheSmallestAndTheLargestNumber) {
    json_object object;
    object.add("n", std::numeric_limits<std::int64_t>::min());
    object.add("m", std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(object.text(), R"({"n":-9223372036854775808,"m":18446744073709551615})");
}

TEST(JsonObject, EscapesItsKeys) {
    json_object object;
    object.add("a\"\x1b", "b");
    EXPECT_EQ(object.text(), R"({"a\"\u001b":"b"})");
}

TEST(JsonObject, SeparatesItsMembersAsToldTo) {
    json_object object(",\n");
    object.add("a", true).add("b", false);
    EXPECT_EQ(object.text(), "{\"a\":true,\n\"b\":false}");
}

TEST(JsonArray, SeparatesItsValues) {
    EXPECT_EQ(json_array({}), "[]");
    EXPECT_EQ(json_array({"1"}), "[1]");
    EXPECT_EQ(json_array({"1", "{}", "\"a\""}), R"([1,{},"a"])");
}

}  // namespace
}  // namespace relayauth
