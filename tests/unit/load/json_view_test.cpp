#include "relayauth/load/json_view.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace relayauth::load {
namespace {

class JsonView : public testing::Test {
protected:
    json_view of(std::string_view text) {
        value_ = boost::json::parse({text.data(), text.size()});
        return {value_, problem_};
    }
    const std::string& problem() const { return problem_; }

private:
    boost::json::value value_;
    std::string problem_;
};

TEST_F(JsonView, GivesWhatIsThere) {
    const auto all = of(R"({"a":{"b":[1,18446744073709551615]},"c":true,"d":"x","e":-1.5,"f":3})");
    const auto items = all["a"]["b"].items(2);
    ASSERT_EQ(items.size(), 2u);
    EXPECT_EQ(items[0].count(), 1u);
    EXPECT_EQ(items[1].count(~std::uint64_t{0}), ~std::uint64_t{0});
    EXPECT_TRUE(all["c"].flag());
    EXPECT_EQ(all["d"].text(), "x");
    EXPECT_EQ(all["e"].number(-2, 0), -1.5);
    EXPECT_EQ(all["f"].number(0, 3), 3);
    EXPECT_EQ(all.members(5).size(), 5u);
    EXPECT_EQ(problem(), "");
}

TEST_F(JsonView, NamesThePlaceOfTheFirstProblemOnly) {
    const auto all = of(R"({"a":[{"b":1},{"c":"text"}]})");
    EXPECT_EQ(all["a"].items(2)[1]["c"].count(), 0u);
    EXPECT_EQ(problem(), "a[1].c: it is no whole number, 0 or more");
    all["missing"].text();
    EXPECT_EQ(problem(), "a[1].c: it is no whole number, 0 or more");
}

TEST_F(JsonView, SaysWhatIsMissing) {
    of(R"({"a":{}})")["a"]["b"].count();
    EXPECT_EQ(problem(), "a.b: it is missing");
}

struct wrong_kind {
    const char* text;
    void (*read)(const json_view&);
    const char* problem;
};

class WrongKind : public JsonView, public testing::WithParamInterface<wrong_kind> {};

TEST_P(WrongKind, IsAProblem) {
    GetParam().read(of(GetParam().text));
    EXPECT_EQ(problem(), GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(
    JsonView, WrongKind,
    testing::Values(
        wrong_kind{"-1", [](const json_view& v) { v.count(); }, "it is no whole number, 0 or more"},
        wrong_kind{"1.5", [](const json_view& v) { v.count(); },
                   "it is no whole number, 0 or more"},
        wrong_kind{"6", [](const json_view& v) { v.count(5); }, "it is over 5"},
        wrong_kind{"null", [](const json_view& v) { v.number(0, 1); }, "it is no number"},
        wrong_kind{"1e300", [](const json_view& v) { v.number(0, 1); }, "it is out of range"},
        wrong_kind{"-1", [](const json_view& v) { v.number(0, 1); }, "it is out of range"},
        wrong_kind{"1", [](const json_view& v) { v.flag(); }, "it is neither true nor false"},
        wrong_kind{"1", [](const json_view& v) { v.text(); }, "it is no text"},
        wrong_kind{"{}", [](const json_view& v) { v.items(9); }, "it is no array"},
        wrong_kind{"[1,2]", [](const json_view& v) { v.items(1); }, "it has over 1 items"},
        wrong_kind{"[]", [](const json_view& v) { v.members(9); }, "it is no object"},
        wrong_kind{R"({"a":1,"b":2})", [](const json_view& v) { v.members(1); },
                   "it has over 1 members"},
        wrong_kind{"[]", [](const json_view& v) { v["a"].fail("never said"); },
                   "it is no object"}));

TEST_F(JsonView, BoundsTextAndNames) {
    const std::string most(json_view::max_text_bytes, 'x');
    EXPECT_EQ(of("\"" + most + "\"").text(), most);
    EXPECT_EQ(of("\"" + most + "y\"").text(), "");
    EXPECT_EQ(problem(), "it is longer than 65536 octets");
}

TEST_F(JsonView, DoesNotPassAHostileNameOn) {
    const auto all = of(R"({"a\u001b":"x"})");
    all.members(1).front().second.count();
    EXPECT_EQ(problem(), "a\\x1b: it is no whole number, 0 or more");
}

TEST_F(JsonView, RefusesANameThatIsTooLong) {
    of("{\"" + std::string(json_view::max_text_bytes + 1, 'n') + "\":1}").members(1);
    EXPECT_EQ(problem(), std::string(200, 'n') + "...: the name is too long");
}

}  // namespace
}  // namespace relayauth::load
