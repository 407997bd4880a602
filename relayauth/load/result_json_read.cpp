#include "relayauth/load/json_view.hpp"
#include "relayauth/load/result_json.hpp"
#include "relayauth/load/verdict_word.hpp"

#include <boost/json/parse.hpp>

#include <cmath>

namespace relayauth::load {
namespace {

// Limits of what is taken from a file: far above what a run makes, far below what hurts.
constexpr std::size_t max_words = 100'000;  // reasons, options
constexpr std::size_t max_machines = 10'000;
constexpr std::size_t max_intervals = 100'000;
// From 48 days on, a number of seconds no longer tells nanoseconds apart.
constexpr double max_seconds = 100.0 * 24 * 3600;
constexpr std::uint64_t end_of_9999 = 253'402'300'799;

std::chrono::nanoseconds nanoseconds_of(const json_view& view, double per_second) {
    const auto value = view.number(0, max_seconds * per_second);
    return std::chrono::nanoseconds(std::llround(value * (1e9 / per_second)));
}

std::map<std::string, std::uint64_t> counts_by_word(const json_view& view) {
    std::map<std::string, std::uint64_t> counts;
    for (const auto& [word, count] : view.members(max_words)) counts[word] = count.count();
    return counts;
}

std::vector<std::pair<std::string, std::string>> words_by_name(const json_view& view) {
    std::vector<std::pair<std::string, std::string>> words;
    for (const auto& [name, value] : view.members(max_words)) {
        words.emplace_back(name, value.text());
    }
    return words;
}

// pair_of reads [index,count] with an index above all before it.
histogram::bucket pair_of(const json_view& view, std::size_t indices, std::int64_t& last) {
    const auto pair = view.items(2);
    if (pair.size() != 2) {
        view.fail("it is no pair of an index and a count");
        return {};
    }
    const auto index = static_cast<std::uint32_t>(pair[0].count(indices - 1));
    if (index <= last) view.fail("its index is not above the one before");
    last = index;
    return {index, pair[1].count()};
}

// What histogram::restore leaves to us: that the least and the greatest value are in the outer
// buckets, and that the sum can be theirs.
void check(const json_view& view, const std::vector<histogram::bucket>& buckets,
           const histogram& read) {
    if (buckets.empty() || view.failed()) return;
    if (read.count() > json_view::max_count) return view.fail("it has too many values");
    if (read.min() > read.max() || histogram::index_of(read.min()) != buckets.front().index ||
        histogram::index_of(read.max()) != buckets.back().index) {
        return view.fail("min_ns and max_ns are not in the outer buckets");
    }
    const auto values = static_cast<double>(read.count());
    constexpr double rounding = 1e-9;
    if (read.sum_ns() < static_cast<double>(read.min().count()) * values * (1 - rounding) ||
        read.sum_ns() > static_cast<double>(read.max().count()) * values * (1 + rounding)) {
        view.fail("sum_ns cannot be the sum");
    }
}

histogram histogram_of(const json_view& view) {
    const auto raw = view["histogram"];
    std::vector<histogram::bucket> buckets;
    std::int64_t last = -1;
    for (const auto& each : raw["buckets"].items(histogram::bucket_count())) {
        buckets.push_back(pair_of(each, histogram::bucket_count(), last));
        if (buckets.back().count == 0) each.fail("it is an empty bucket");
    }
    const auto most = static_cast<std::uint64_t>(max_seconds * 1e9);
    const std::chrono::nanoseconds min(raw["min_ns"].count(most));
    const std::chrono::nanoseconds max(raw["max_ns"].count(most));
    const auto sum = raw["sum_ns"].number(0, 1e300);
    histogram read;
    if (!read.restore(buckets, min, max, sum)) raw.fail("its counts overflow");
    check(raw, buckets, read);
    return read;
}

tally tally_of(const json_view& all) {
    tally counts;
    std::uint64_t sum = 0;
    const auto requests = all["requests"];
    for (std::size_t i = 0; i < outcome_count; ++i) {
        counts.outcomes[i] = requests[to_text(static_cast<outcome>(i))].count();
        sum += counts.outcomes[i];
    }
    // An outcome that this version does not know would go missing otherwise.
    if (requests["planned"].count(outcome_count * json_view::max_count) != sum) {
        requests["planned"].fail("it is not the sum of the outcomes");
    }
    const auto incidents = all["incidents"];
    for (std::size_t i = 0; i < incident_count; ++i) {
        counts.incidents[i] = incidents[to_text(static_cast<incident>(i))].count();
    }
    counts.refused_by = counts_by_word(all["refused_by"]);
    counts.wrong_by = counts_by_word(all["wrong_by"]);
    return counts;
}

interval interval_of(const json_view& view) {
    interval step;
    step.planned = view["planned"].count();
    step.good = view["good"].count();
    step.errors = view["errors"].count();
    step.handshakes = view["handshakes"].count();
    constexpr auto indices = histogram::bucket_count() / time_line_coarseness;
    std::int64_t last = -1;
    for (const auto& each : view["latency"].items(indices)) {
        const auto [index, count] = pair_of(each, indices, last);
        step.latency.emplace_hint(step.latency.end(), index, count);
    }
    return step;
}

void read_time_line(const json_view& view, load::result& into) {
    into.interval_length = nanoseconds_of(view["interval_seconds"], 1);
    if (into.interval_length.count() == 0) view["interval_seconds"].fail("it is 0");
    for (const auto& each : view["intervals"].items(max_intervals)) {
        into.time_line.push_back(interval_of(each));
    }
}

self_watch self_of(const json_view& view) {
    self_watch self;
    self.cpu_share = view["cpu_share"].number(0, 1e6);
    self.waited_share = view["waited_share"].number(0, 1e6);
    self.sent_late = view["sent_late"].count();
    self.longest_stall = nanoseconds_of(view["longest_stall_ms"], 1e3);
    self.lag = histogram_of(view["lag"]);
    self.out_of_ports = view["out_of_ports"].count();
    return self;
}

sample_check sample_of(const json_view& view) {
    return {view["validated"].count(), counts_by_word(view["refused_by"]), view["problem"].text()};
}

verdict verdict_of(const json_view& view) {
    verdict read;
    const auto kind = parse_verdict_kind(view["kind"].text());
    if (!kind) view["kind"].fail("it is no verdict that is known");
    read.kind = kind.value_or(verdict_kind::invalid);
    for (const auto& each : view["reasons"].items(max_words)) {
        read.reasons.push_back(each.text());
    }
    return read;
}

void read_circumstances(const json_view& all, load::result& into) {
    into.options = words_by_name(all["options"]);
    for (const auto& each : all["machines"].items(max_machines)) {
        into.machines.push_back(words_by_name(each));
    }
    into.started =
        std::chrono::sys_seconds(std::chrono::seconds(all["started"].count(end_of_9999)));
    into.measured = nanoseconds_of(all["measured_seconds"], 1);
    into.closed_loop = all["closed_loop"].flag();
    into.tls = all["tls"].flag();
    into.warm_up_requests = all["warm_up"]["requests"].count();
    into.warm_up_errors = all["warm_up"]["errors"].count();
    into.good_in_time = all["good_in_time"].count();
    into.left_in_flight = all["left_in_flight"].count();
    into.behind = nanoseconds_of(all["behind_seconds"], 1);
    into.goals = all["goals"].text();
}

load::result result_of(const json_view& all) {
    load::result read;
    const auto format = all["format"];
    if (format.text() != result_format) {
        format.fail("it is not \"" + std::string(result_format) +
                    "\": is this the --json of relayauth load, of the same version?");
        return read;
    }
    read_circumstances(all, read);
    read.counts = tally_of(all);
    read.latency = histogram_of(all["latency"]);
    read.service = histogram_of(all["service"]);
    read.handshake = histogram_of(all["handshake"]);
    read_time_line(all["time_line"], read);
    read.self = self_of(all["self"]);
    read.sample = sample_of(all["sample"]);
    read.verdict = verdict_of(all["verdict"]);
    return read;
}

}  // namespace

relayauth::result<load::result, std::string> read_json(std::string_view text) {
    if (text.size() > max_result_bytes) {
        return "it is longer than " + std::to_string(max_result_bytes) + " octets";
    }
    boost::json::error_code wrong;
    const auto value = boost::json::parse({text.data(), text.size()}, wrong);
    if (wrong) {
        return "it is no JSON, or not whole (" + wrong.message() +
               "): give the file that --json of relayauth load wrote";
    }
    std::string problem;
    auto read = result_of(json_view(value, problem));
    if (!problem.empty()) return problem;
    return read;
}

}  // namespace relayauth::load
