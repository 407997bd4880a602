#include "relayauth/load/html_report.hpp"

#include "relayauth/load/html_style.hpp"
#include "relayauth/load/svg_chart.hpp"
#include "relayauth/load/wording.hpp"

#include "made_result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>
#include <regex>

namespace relayauth::load {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* attack = "<script>alert(1)</script>\"'>\x1b[31m";

// A result in which every text that could come from elsewhere is an attack.
result hostile_result() {
    auto run = made_result();
    run.options = {{attack, attack}};
    run.machines = {{{attack, attack}}, {{attack, attack}}};
    run.counts.refused_by = {{attack, 3}};
    run.counts.wrong_by = {{attack, 3}};
    run.sample = {5, {{attack, 2}}, attack};
    run.goals = attack;
    run.verdict = {verdict_kind::faulty, {attack, std::string("&") + attack}};
    return run;
}

TEST(HtmlReport, EscapesWhateverCameFromElsewhere) {
    const auto page = html_report(hostile_result());
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("\x1b")));
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;\\x1b[31m"));
}

// Every tag that is opened is closed again, in order: nothing from elsewhere has opened one.
TEST(HtmlReport, ClosesEveryTagThatItOpens) {
    for (const auto& run : {hostile_result(), made_result(), failed_result(), result()}) {
        const auto page = html_report(run);
        const std::regex tag("<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>");
        std::vector<std::string> open;
        for (auto each = std::sregex_iterator(page.begin(), page.end(), tag);
             each != std::sregex_iterator(); ++each) {
            const auto name = (*each)[2].str();
            if ((*each)[3].length() > 0 || name == "meta") continue;
            if ((*each)[1].length() == 0) {
                open.push_back(name);
            } else {
                ASSERT_FALSE(open.empty());
                ASSERT_EQ(open.back(), name);
                open.pop_back();
            }
        }
        EXPECT_TRUE(open.empty());
    }
}

TEST(HtmlReport, NeedsNothingFromElsewhere) {
    for (const auto& run : {hostile_result(), long_result()}) {
        const auto page = html_report(run);
        for (const auto* words :
             {"http:", "https:", "src=", "href=", "url(", "@import", "<link", "<iframe"}) {
            EXPECT_THAT(page, Not(HasSubstr(words))) << words;
        }
        EXPECT_THAT(page, HasSubstr("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
    }
}

TEST(HtmlReport, BeginsWithTheVerdictAndItsReasons) {
    const auto page = html_report(made_result());
    EXPECT_THAT(page, HasSubstr("<section class=\"verdict bad\" aria-label=\"Verdict\"><strong>"
                                "Verdict: missed</strong>"));
    EXPECT_THAT(page, HasSubstr("<li>p99 was 1427 ms: the goal was under 5 ms</li>"));
    EXPECT_LT(page.find("Verdict: missed"), page.find("<svg"));
    EXPECT_THAT(page, HasSubstr("<title>relayauth load: missed</title>"));
}

TEST(HtmlReport, HasAWordAndAMoodForEachVerdict) {
    const std::vector<std::pair<verdict_kind, std::string>> moods = {
        {verdict_kind::good, "good"},    {verdict_kind::interrupted, "doubt"},
        {verdict_kind::errors, "bad"},   {verdict_kind::missed, "bad"},
        {verdict_kind::faulty, "bad"},   {verdict_kind::overloaded, "bad"},
        {verdict_kind::invalid, "doubt"}};
    for (const auto& [kind, mood] : moods) {
        result run;
        run.verdict.kind = kind;
        EXPECT_THAT(html_report(run), HasSubstr("class=\"verdict " + mood + "\""));
    }
}

TEST(HtmlReport, BoundsTheReasons) {
    result run;
    run.verdict.reasons.assign(1'000, "reason");
    EXPECT_THAT(html_report(run), HasSubstr("<li>980 more</li>"));
}

TEST(HtmlReport, SaysOfAClosedLoopWhatItsLatencyLeavesOut) {
    auto run = made_result();
    EXPECT_THAT(html_report(run), Not(HasSubstr("closed loop")));
    EXPECT_THAT(html_report(run), HasSubstr("a request was planned for"));
    run.closed_loop = true;
    EXPECT_THAT(html_report(run), HasSubstr(std::string(closed_loop_note)));
    EXPECT_THAT(html_report(run), Not(HasSubstr("planned for")));
}

TEST(HtmlReport, OfARunWithoutAnswersHasDashesAndNoNumbers) {
    const auto page = html_report(failed_result());
    EXPECT_THAT(page, HasSubstr("<dt>Latency p99</dt><dd>&ndash;<small>no answers</small>"));
    EXPECT_THAT(page, HasSubstr("100 % of the planned"));
    EXPECT_THAT(page, Not(HasSubstr("nan")));
}

TEST(HtmlReport, OfALongRunStaysSmall) {
    EXPECT_LT(html_report(long_result()).size(), 200'000u);
}

TEST(HtmlStyle, HasEveryColourThatItUses) {
    std::string_view rest = html_style();
    for (auto at = rest.find("var("); at != std::string_view::npos; at = rest.find("var(")) {
        rest.remove_prefix(at + 4);
        const auto name = std::string(rest.substr(0, rest.find(')'))) + ":";
        EXPECT_TRUE(colour_style().find(name) != std::string_view::npos ||
                    html_style().find(name) != std::string_view::npos)
            << name;
    }
}

}  // namespace
}  // namespace relayauth::load
