#include "relayauth/cli/load.hpp"

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/printable.hpp"
#include "relayauth/cli/exit_codes.hpp"
#include "relayauth/cli/interruption.hpp"
#include "relayauth/cli/load_options.hpp"
#include "relayauth/cli/load_progress.hpp"
#include "relayauth/client/file.hpp"
#include "relayauth/load/figures.hpp"
#include "relayauth/load/html_report.hpp"
#include "relayauth/load/result_json.hpp"
#include "relayauth/load/result_text.hpp"
#include "relayauth/load/run.hpp"
#include "relayauth/load/verdict.hpp"
#include "relayauth/load/verdict_word.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <optional>
#include <string>

namespace relayauth::cli {
namespace {

constexpr const char* standard_output = "-";

int fail(const std::string& text) {
    std::cerr << "relayauth load: " << printable(text) << '\n';
    return exit_misused;
}

std::optional<std::string> problem_of(const load_options& options) {
    const auto chosen = options.chosen();
    const auto& server = chosen.server;
    if (!server.tls && !(server.ca_file.empty() && server.certificate_file.empty())) {
        return "--ca and --client-certificate are about TLS: use --protocol sip-tls or rpc-tls";
    }
    if (auto wrong = options.connection.problem()) return wrong;
    if (auto wrong = load::problem(chosen)) return wrong;
    // Found out now, and not after an hour of load.
    if (!options.json_file.empty() && options.json_file == options.report_file) {
        return "--json and --report name the same file: give each its own";
    }
    for (const auto* file : {&options.json_file, &options.report_file}) {
        if (file->empty() || *file == standard_output) continue;
        if (auto wrong = client::check_writable(*file)) return wrong;
    }
    return std::nullopt;
}

std::string verdict_line(const load::verdict& said) {
    std::string line(load::to_text(said.kind));
    for (const auto& reason : said.reasons) {
        line += (&reason == &said.reasons.front() ? ": " : "; ") + printable(reason);
    }
    return line + '\n';
}

// write_files gives the first error of the files that were asked for.
std::optional<std::string> write_files(const load_options& options, const load::result& done) {
    std::optional<std::string> wrong;
    if (options.json_file == standard_output) {
        std::cout << load::write_json(done) << '\n';
    } else if (!options.json_file.empty()) {
        wrong = client::write_file(options.json_file, as_bytes(load::write_json(done)));
    }
    if (options.report_file.empty()) return wrong;
    auto also = client::write_file(options.report_file, as_bytes(load::html_report(done)));
    return wrong ? wrong : also;
}

void print(const load_options& options, const load::result& done) {
    const bool to_standard_output = options.json_file == standard_output;
    auto& out = to_standard_output ? std::cerr : std::cout;
    out << (options.quiet ? verdict_line(done.verdict) : load::result_text(done)) << std::flush;
}

// A run that was cut short says so, whatever else is to be said of it.
void note_interruption(load::result& of, const load::options& chosen) {
    auto words = "stopped by a signal after " + load::duration_figure(of.measured) + " of " +
                 load::duration_figure(chosen.duration);
    if (of.left_in_flight > 0) {
        words += "; " + load::count_figure(of.left_in_flight) + " requests were still in flight";
    }
    if (of.verdict.kind == load::verdict_kind::good)
        of.verdict.kind = load::verdict_kind::interrupted;
    of.verdict.reasons.push_back(words);
}

int run(const load_options& options, std::vector<std::pair<std::string, std::string>> given) {
    if (const auto problem = problem_of(options)) return fail(*problem);
    const auto chosen = options.chosen();
    const interruption_watch watch;
    auto done = [&] {
        load_progress shown(chosen, options.quiet);
        load::run_hooks hooks;
        hooks.tell = [&shown](const load::progress& said) { shown.show(said); };
        hooks.stop_wanted = [] { return interruption_watch::noted() != 0; };
        return load::run_load(chosen, hooks);
    }();
    if (!done) return fail(done.error().text);
    done->options = std::move(given);
    done->goals = options.goals_text;
    const bool stopped = done->verdict.kind == load::verdict_kind::interrupted;
    done->verdict = load::judge(*done, options.goals);
    if (stopped) note_interruption(*done, chosen);
    print(options, *done);
    if (const auto wrong = write_files(options, *done)) return fail(*wrong);
    if (!std::cout.flush()) return fail("cannot write to standard output: is its disk full?");
    if (stopped) return exit_code_of(interruption_watch::noted());
    return exit_code_of(done->verdict.kind);
}

}  // namespace

CLI::App* add_load(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand(
        "load",
        "put a server under load and tell honestly how it did: latency counts from the planned "
        "time of each request, every answer is checked, and a run whose generator was the limit "
        "says that it is void");
    const auto options = std::make_shared<load_options>();
    add_load_options(*command, *options);
    add_server_options(*command, options->connection);
    command->footer(
        "Exit code: 0 good, 2 wrong usage or no server, 3 errors, faulty answers, overloaded or a "
        "goal missed, 4 void: the generator was the limit; 130 or 143 when interrupted.");
    command->callback(
        [command, options, &exit_code] { exit_code = run(*options, given_options(*command)); });
    return command;
}

}  // namespace relayauth::cli
