#include "relayauth/cli/report.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/cli/exit_codes.hpp"
#include "relayauth/client/file.hpp"
#include "relayauth/load/html_report.hpp"
#include "relayauth/load/merge.hpp"
#include "relayauth/load/result_charts.hpp"
#include "relayauth/load/result_json.hpp"
#include "relayauth/load/result_text.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relayauth::cli {
namespace {

struct report_options {
    std::vector<std::string> files;
    std::optional<std::string> html;
    std::optional<std::string> svg;
    std::optional<std::string> json;
};

int fail(const std::string& text) {
    std::cerr << "relayauth report: " << printable(text) << '\n';
    return exit_misused;
}

using read_run = result<load::named_result, std::string>;

read_run read(const std::string& file) {
    const bool standard_input = file == "-";
    const auto name = standard_input ? std::string("standard input") : file;
    const auto content =
        client::read_file(standard_input ? "/dev/stdin" : file, load::max_result_bytes);
    if (!content) return read_run(boost::system::in_place_error, content.error());
    auto value = load::read_json(as_text(*content));
    if (!value) return read_run(boost::system::in_place_error, name + ": " + value.error());
    return load::named_result{name, *std::move(value)};
}

using merged_run = result<load::result, std::string>;

merged_run merged(const std::vector<std::string>& files) {
    std::vector<load::named_result> runs;
    for (const auto& each : files) {
        auto run = read(each);
        if (!run) return run.error();
        runs.push_back(*std::move(run));
    }
    return load::merge(runs);
}

int run(const report_options& options) {
    const auto value = merged(options.files);
    if (!value) return fail(value.error());
    const auto write = [&](const std::optional<std::string>& file, auto text_of) {
        return file ? client::write_file(*file, as_bytes(text_of(*value))) : std::nullopt;
    };
    for (const auto& problem :
         {write(options.html, load::html_report), write(options.svg, load::percentile_svg),
          write(options.json, load::write_json)}) {
        if (problem) return fail(*problem);
    }
    std::cout << load::result_text(*value) << std::flush;
    if (!std::cout) return fail("cannot write to standard output: is its disk full?");
    return exit_code_of(value->verdict.kind);
}

// Standard output has the table.
void check_no_dash(const char* option, const std::optional<std::string>& file) {
    if (file != "-") return;
    throw CLI::ValidationError(option, "- is no file: name one");
}

void check(const report_options& options) {
    check_no_dash("--html", options.html);
    check_no_dash("--svg", options.svg);
    check_no_dash("--json", options.json);
    if (std::count(options.files.begin(), options.files.end(), "-") > 1) {
        throw CLI::ValidationError("FILE", "- was given twice, but can be read only once");
    }
}

}  // namespace

CLI::App* add_report(CLI::App& app, int& exit_code) {
    auto* command =
        app.add_subcommand("report", "show the result of a load run, or of several as one");
    const auto options = std::make_shared<report_options>();
    command
        ->add_option("FILE", options->files,
                     "results that relayauth load --json wrote; - is standard input. Those of "
                     "machines that ran side by side are added up")
        ->required();
    command->add_option("--html", options->html, "write a report with charts, one page of HTML")
        ->type_name("F");
    command->add_option("--svg", options->svg, "write the percentile curve as an SVG image")
        ->type_name("F");
    command->add_option("--json", options->json, "write the sum of all results, as one of them")
        ->type_name("F");
    command->footer(
        "Files that are there are overwritten.\n"
        "Exit code: 0 the run was good, 2 wrong usage or a bad file, 3 it was not good, 4 it says "
        "nothing about the server (void).");
    command->callback([options, &exit_code] {
        check(*options);
        exit_code = run(*options);
    });
    return command;
}

}  // namespace relayauth::cli
