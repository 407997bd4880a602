#include "child_process.hpp"
#include "running_server.hpp"
#include "temporary_folder.hpp"

#include "../unit/load/made_result.hpp"
#include "relayauth/load/html_report.hpp"
#include "relayauth/load/merge.hpp"
#include "relayauth/load/result_charts.hpp"
#include "relayauth/load/result_json.hpp"
#include "relayauth/load/result_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

// `relayauth report` as a whole command; report_page_test.cpp looks at its pages.
namespace relayauth::lab {
namespace {

using load::verdict_kind;
using testing::HasSubstr;

finished report(const std::vector<std::string>& words, std::string_view input = {}) {
    std::vector<std::string> command = {relayauth_program, "report"};
    command.insert(command.end(), words.begin(), words.end());
    return run(command, {}, input);
}

TEST(Report, PrintsTheTableAndWritesEveryKindOfFile) {
    const temporary_folder folder;
    const auto made = load::made_result();
    const auto file = folder.write("run.json", load::write_json(made));
    folder.write("r.html", "an older one");
    const auto done = report({file, "--html", folder.path("r.html"), "--svg", folder.path("r.svg"),
                              "--json", folder.path("r.json")});
    EXPECT_EQ(done.code, 3) << done.errors;
    EXPECT_EQ(done.errors, "");
    EXPECT_EQ(done.output, load::result_text(made));
    EXPECT_EQ(read_file(folder.path("r.html")), load::html_report(made));
    EXPECT_EQ(read_file(folder.path("r.svg")), load::percentile_svg(made));
    EXPECT_EQ(read_file(folder.path("r.json")), load::write_json(made));
}

TEST(Report, AddsUpFilesAndStandardInput) {
    const temporary_folder folder;
    const auto made = load::made_result();
    auto beside = made;
    beside.started += std::chrono::seconds(1);
    const auto file = folder.write("run.json", load::write_json(made));
    const auto done =
        report({file, "-", "--json", folder.path("sum.json")}, load::write_json(beside));
    ASSERT_EQ(done.code, 3) << done.errors;
    const std::vector<load::named_result> runs = {{file, made}, {"standard input", beside}};
    EXPECT_EQ(read_file(folder.path("sum.json")), load::write_json(*load::merge(runs)));
    EXPECT_THAT(done.output, HasSubstr("600,008  planned"));
    EXPECT_THAT(done.output, HasSubstr("standard input: p99 was"));
}

// Its rate would be told twice as high.
TEST(Report, RefusesTheSameRunTwice) {
    const temporary_folder folder;
    const auto file = folder.write("run.json", load::write_json(load::made_result()));
    const auto done = report({file, file}, "");
    EXPECT_EQ(done.code, 2);
    EXPECT_THAT(done.errors, HasSubstr("are the same run: name it once"));
}

TEST(Report, EndsWithTheVerdictsExitCode) {
    for (const auto& [kind, code] : {std::pair{verdict_kind::good, 0},
                                     {verdict_kind::interrupted, 3},
                                     {verdict_kind::faulty, 3},
                                     {verdict_kind::invalid, 4}}) {
        load::result run;
        run.verdict.kind = kind;
        EXPECT_EQ(report({"-"}, load::write_json(run)).code, code);
    }
}

TEST(Report, SaysWhatIsWrongInOneLine) {
    const temporary_folder folder;
    const auto file = folder.write("run.json", load::write_json(load::result()));
    auto two_seconds = load::result();
    two_seconds.interval_length = std::chrono::seconds(2);
    const auto other = folder.write("other.json", load::write_json(two_seconds));
    const auto cut = folder.write("cut.json", R"({"format":"relayauth load 1")");
    const auto hostile = folder.write("hostile.json", "{\"format\":\"\\u001b[31m\"}");
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
        {{}, "FILE is required"},
        {{folder.path("none.json")}, "cannot read " + folder.path("none.json") + ": No such file"},
        {{folder.path()}, "Is a directory: name a file in it"},
        {{cut}, cut + ": it is no JSON, or not whole"},
        {{hostile}, hostile + ": format: it is not \"relayauth load 1\""},
        {{"/dev/zero"}, "it is longer than 16777216 octets"},
        {{file, other}, other + " has a time line of steps of 2.0 s and " + file},
        {{file, "--html", "/dev/full"},
         "cannot write /dev/full: No space left on device: make room there"},
        {{file, "--svg", folder.path("no/f.svg")}, "make its folder first"},
        {{file, "--json", folder.path()}, "Is a directory: name a file in it"},
        {{file, "--json", "-"}, "--json: - is no file: name one"},
        {{"-", "-"}, "FILE: - was given twice"},
        {{file, "--htm", "x"}, "--html"},
    };
    for (const auto& [words, problem] : cases) {
        const auto done = report(words);
        EXPECT_EQ(done.code, 2) << problem;
        EXPECT_EQ(done.output, "") << problem;
        EXPECT_THAT(done.errors, HasSubstr(problem));
        EXPECT_EQ(std::count(done.errors.begin(), done.errors.end(), '\n'), 1) << done.errors;
    }
}

TEST(Report, SaysWhenItsTableCannotBeWritten) {
    const temporary_folder folder;
    const auto file = folder.write("run.json", load::write_json(load::result()));
    const auto done =
        run({"sh", "-c", "exec \"$0\" report \"$1\" >/dev/full", relayauth_program, file});
    EXPECT_EQ(done.code, 2);
    EXPECT_THAT(done.errors, HasSubstr("cannot write to standard output"));
}

TEST(Report, TellsItsExitCodesInItsHelp) {
    const auto done = report({"--help"});
    EXPECT_EQ(done.code, 0);
    EXPECT_THAT(done.output, HasSubstr("Exit code: 0 the run was good, 2 wrong usage"));
    for (const auto* option : {"FILE", "--html", "--svg", "--json"}) {
        EXPECT_THAT(done.output, HasSubstr(option));
    }
}

}  // namespace
}  // namespace relayauth::lab
