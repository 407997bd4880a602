#include "relayauth/server/json_members.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

TEST(JsonMembers, GivesWhatIsThereAndOfTheKind) {
    const auto given = json_members::parse(R"({"a":"x","b":-7,"c":true,"d":[{"e":1},{}]})");
    ASSERT_TRUE(given);
    EXPECT_EQ(given->text("a"), "x");
    EXPECT_EQ(given->whole("b", -7, 0), -7);
    EXPECT_EQ(given->flag("c"), true);
    EXPECT_TRUE(given->has("d"));
    ASSERT_TRUE(given->objects("d", 2));
    EXPECT_EQ(given->objects("d", 2)->front().whole("e", 1, 1), 1);
}

TEST(JsonMembers, GivesNothingForAnotherKindOrOutOfBounds) {
    const auto given = json_members::parse(R"({"a":1,"b":1.5,"c":"1","d":[1],"e":null})");
    ASSERT_TRUE(given);
    for (const auto* key : {"a", "b", "d", "e", "f"}) EXPECT_FALSE(given->text(key)) << key;
    for (const auto* key : {"b", "c", "d", "e", "f"}) EXPECT_FALSE(given->whole(key, 0, 9)) << key;
    EXPECT_FALSE(given->whole("a", 2, 9));
    EXPECT_FALSE(given->whole("a", -9, 0));
    for (const auto* key : {"a", "c", "f"}) EXPECT_FALSE(given->flag(key)) << key;
    for (const auto* key : {"a", "d", "f"}) EXPECT_FALSE(given->objects(key, 9)) << key;
    EXPECT_FALSE(json_members::parse(R"({"d":[{},{}]})")->objects("d", 1));
    EXPECT_FALSE(given->has("f"));
}

TEST(JsonMembers, IsNothingForWhatIsNoObjectOrTooDeep) {
    for (const auto* text :
         {"", "{", "[]", "1", "null", "{} {}", "{'a':1}", "\xFF", "{\"a\":\"\xFF\"}"})
        EXPECT_FALSE(json_members::parse(text)) << text;
    EXPECT_FALSE(
        json_members::parse("{\"a\":" + std::string(1000, '[') + std::string(1000, ']') + "}"));
}

}  // namespace
}  // namespace relayauth::server
