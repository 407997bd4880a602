#include "relayauth/cli/load_options.hpp"

#include "relayauth/base/time_text.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <concepts>
#include <cstdint>
#include <limits>

namespace relayauth::cli {
namespace {

constexpr const char* plan_group = "Plan";
constexpr const char* output_group = "Output";

// add registers an option whose value `read` understands; else its error says what it must be.
template <class Read>
void add(CLI::App& command, const char* name, const char* type, const std::string& help,
         const std::string& must_be, Read read) {
    command
        .add_option_function<std::string>(
            name,
            [name, must_be, read](const std::string& text) {
                if (!read(text)) {
                    throw CLI::ValidationError(name, "`" + text + "` is not " + must_be);
                }
            },
            help)
        ->type_name(type)
        ->group(plan_group);
}

template <std::unsigned_integral Number>
void add_number(CLI::App& command, const char* name, Number& into, Number least, Number most,
                const std::string& help) {
    const auto must_be =
        most == std::numeric_limits<Number>::max()
            ? std::string("a whole number")
            : "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    add(command, name, "N", help, must_be, [&into, least, most](const std::string& text) {
        const auto end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, into);
        return read.ec == std::errc() && read.ptr == end && into >= least && into <= most;
    });
}

void add_time(CLI::App& command, const char* name, std::chrono::nanoseconds& into,
              std::chrono::nanoseconds least, const std::string& help) {
    add(command, name, "TIME", help, "a time like 500ms, 10s or 5m, at most 7d",
        [&into, least](const std::string& text) {
            const auto wanted = parse_duration(text);
            if (!wanted || *wanted < least || *wanted > load::max_duration) return false;
            into = *wanted;
            return true;
        });
}

void add_rate(CLI::App& command, load_options& into) {
    auto& run = into.run;
    add(command, "--rate", "R",
        "open loop: so many requests a second, whatever the server does; latency counts from the "
        "planned time (default 1000)",
        "a rate above 0, at most 10000000 requests a second (to send as fast as answers come: "
        "--closed)",
        [&run](const std::string& text) {
            return (run.rate = load::parse_rate(text)).has_value();
        });
    add(command, "--ramp", "R1..R2", "open loop: a rate that changes evenly over --duration",
        "R1..R2, two rates above 0", [&run](const std::string& text) {
            return (run.ramp = load::parse_ramp(text)).has_value();
        });
    command
        .add_flag("--closed", run.closed,
                  "closed loop: --in-flight requests on each connection all the time; its latency "
                  "leaves out the waiting of users of an overloaded server")
        ->group(plan_group);
    add(command, "--arrivals", "constant|poisson",
        "planned times evenly (the default), or as those of independent callers",
        "constant or poisson", [&run](const std::string& text) {
            run.arrivals = text == "poisson" ? load::arrivals::poisson : load::arrivals::constant;
            return text == "poisson" || text == "constant";
        });
}

void add_calls(CLI::App& command, load_options& into) {
    auto& run = into.run;
    add(command, "--protocol", "P", "sip-tls (the default), sip-tcp, rpc-tls or rpc-tcp",
        "sip-tls, sip-tcp, rpc-tls or rpc-tcp", [&run](const std::string& text) {
            const auto read = load::parse_protocol(text);
            run.protocol = read.value_or(run.protocol);
            return read.has_value();
        });
    add(command, "--call", "CALL",
        "issue (the default), validate, or mixed=90:10, percents of both; validate over rpc only",
        "issue, validate or mixed=I:V, percents that add up to 100",
        [&run](const std::string& text) {
            const auto read = load::parse_mix(text);
            run.mix = read.value_or(run.mix);
            return read.has_value();
        });
    add_number(command, "--identities", run.identities, 1u, load::max_identities,
               "how many different identities ask (default 1000)");
    add_number(command, "--seed", run.seed, std::uint64_t{0},
               std::numeric_limits<std::uint64_t>::max(),
               "what arrivals, identities and sample are drawn from; the same seed, the same run "
               "(default 1)");
}

void add_connections(CLI::App& command, load_options& into) {
    auto& run = into.run;
    add_number(command, "--connections", run.connections, 1u, load::max_connections,
               "connections in all (default 8)");
    add_number(command, "--in-flight", run.in_flight, 1u, load::max_in_flight,
               "at most so many unanswered requests on a connection (default 16)");
    add_number(command, "--threads", run.threads, 1u, load::max_threads,
               "threads of the generator (default 1)");
    command
        .add_flag("--handshake-per-request", run.handshake_per_request,
                  "a new TLS connection for each request; --connections is how many at once")
        ->group(plan_group);
    command.add_flag("--resume", run.resume, "new TLS connections resume a session where they can")
        ->group(plan_group);
}

void add_lengths(CLI::App& command, load_options& into) {
    auto& run = into.run;
    add_time(command, "--duration", run.duration, std::chrono::milliseconds(10),
             "how long to measure, after the warm-up (default 10s)");
    add_time(command, "--warm-up", run.warm_up, std::chrono::nanoseconds(0),
             "how long to run before, at the first rate (default 1s)");
}

void add_checks(CLI::App& command, load_options& into) {
    auto& run = into.run;
    add(command, "--sample", "PERCENT",
        "share of the issued credentials that is validated over rpc at the end (default 1; at most "
        "20,000 of them; 0: none)",
        "a percentage from 0 to 100", [&run](const std::string& text) {
            auto digits = text;
            if (digits.ends_with('%')) digits.pop_back();
            const auto end = digits.data() + digits.size();
            const auto read = std::from_chars(digits.data(), end, run.sample_percent);
            return read.ec == std::errc() && read.ptr == end && run.sample_percent >= 0 &&
                   run.sample_percent <= 100;
        });
    command
        .add_flag("--unchecked", run.unchecked,
                  "believe every answer whose status is 200, in the order of the requests: for "
                  "servers that answer canned octets; no sample")
        ->group(plan_group);
    command
        .add_option_function<std::string>(
            "--expect",
            [&into](const std::string& text) {
                auto read = load::parse_goals(text);
                if (!read) throw CLI::ValidationError("--expect", read.error());
                into.goals = *std::move(read);
                into.goals_text = text;
            },
            "goals, as p99<2ms,errors<0.01%,rate>95%; a missed one is exit code 3")
        ->type_name("GOALS")
        ->group(output_group);
}

void add_output(CLI::App& command, load_options& into) {
    command
        .add_option("--json", into.json_file,
                    "write the result there, for `relayauth report` and programs (-: to standard "
                    "output, in place of the table)")
        ->type_name("F")
        ->group(output_group);
    command.add_option("--report", into.report_file, "write an HTML page there")
        ->type_name("F.html")
        ->group(output_group);
    command.add_flag("--quiet", into.quiet, "no progress, and the verdict alone")
        ->group(output_group);
}

}  // namespace

load::options load_options::chosen() const {
    auto result = run;
    result.server = connection.chosen();
    result.server.tls = load::uses_tls(run.protocol);
    const std::string language = load::uses_rpc(run.protocol) ? "rpc" : "sip";
    result.server.plain_advice = "try --protocol " + language + "-tcp";
    result.server.tls_advice = "use --protocol " + language + "-tls";
    if (run.handshake_per_request) result.in_flight = 1;
    return result;
}

void add_load_options(CLI::App& command, load_options& into) {
    add_calls(command, into);
    add_rate(command, into);
    add_lengths(command, into);
    add_connections(command, into);
    add_checks(command, into);
    add_output(command, into);
}

std::vector<std::pair<std::string, std::string>> given_options(const CLI::App& command) {
    std::vector<std::pair<std::string, std::string>> given;
    for (const auto* option : command.get_options()) {
        if (option->count() == 0 || option->get_lnames().empty()) continue;
        const auto& values = option->results();
        const bool flag = option->get_expected_max() == 0;
        given.emplace_back("--" + option->get_lnames().front(),
                           flag || values.empty() ? std::string() : values.front());
    }
    return given;
}

}  // namespace relayauth::cli
