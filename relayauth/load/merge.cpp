#include "relayauth/load/merge.hpp"

#include "relayauth/load/json_number.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace relayauth::load {
namespace {

// What keeps `run` from being added to `first`.
std::optional<std::string> difference(const named_result& first, const named_result& run) {
    if (run.value.interval_length != first.value.interval_length) {
        const auto seconds = [](const named_result& of) {
            return json_decimal(of.value.interval_length.count(), 9) + " s";
        };
        return run.name + " has a time line of steps of " + seconds(run) + " and " + first.name +
               " one of " + seconds(first) + ": merge runs of the same length only";
    }
    // To the nanosecond, so no other run of that machine either.
    if (run.value.started == first.value.started && run.value.machines == first.value.machines &&
        run.value.latency.count() > 0 &&
        run.value.latency.sum_ns() == first.value.latency.sum_ns()) {
        return run.name + " and " + first.name + " are the same run: name it once";
    }
    if (run.value.closed_loop != first.value.closed_loop) {
        const auto& closed = run.value.closed_loop ? run.name : first.name;
        const auto& open = run.value.closed_loop ? first.name : run.name;
        return closed + " is a closed loop and " + open +
               " is none, so their latencies do not mean the same: report them apart";
    }
    return std::nullopt;
}

bool holds(std::string_view list, std::string_view value) {
    constexpr std::string_view between = " | ";
    for (;;) {
        const auto end = list.find(between);
        if (list.substr(0, end) == value) return true;
        if (end == std::string_view::npos) return false;
        list.remove_prefix(end + between.size());
    }
}

void join(std::string& list, const std::string& value) {
    if (!holds(list, value)) list += " | " + value;
}

// An option that not all runs had: those without it had its default. One without a value is a flag.
constexpr const char* not_given = "(not given)";

std::string shown(const std::string& value, const char* if_empty) {
    return value.empty() ? if_empty : value;
}

using words_by_name = std::vector<std::pair<std::string, std::string>>;

const std::string* value_of(const words_by_name& words, const std::string& name) {
    for (const auto& each : words) {
        if (each.first == name) return &each.second;
    }
    return nullptr;
}

void merge_options(result& into, const result& from) {
    for (auto& [name, values] : into.options) {
        const auto* const same = value_of(from.options, name);
        const auto other = same == nullptr ? not_given : shown(*same, "(given)");
        if (values.empty() && other != "(given)") values = "(given)";
        if (!values.empty()) join(values, other);
    }
    for (const auto& [name, value] : from.options) {
        if (value_of(into.options, name) != nullptr) continue;
        into.options.emplace_back(name, std::string(not_given) + " | " + shown(value, "(given)"));
    }
}

void merge_time_lines(std::vector<interval>& into, const std::vector<interval>& from) {
    into.resize(std::max(into.size(), from.size()));
    for (std::size_t i = 0; i < from.size(); ++i) into[i].merge(from[i]);
}

void merge_self(self_watch& into, const self_watch& from) {
    into.cpu_share = std::max(into.cpu_share, from.cpu_share);
    into.waited_share = std::max(into.waited_share, from.waited_share);
    into.sent_late += from.sent_late;
    into.longest_stall = std::max(into.longest_stall, from.longest_stall);
    into.lag.merge(from.lag);
    into.out_of_ports += from.out_of_ports;
}

void merge_samples(sample_check& into, const named_result& run) {
    const auto& from = run.value.sample;
    into.validated += from.validated;
    for (const auto& [word, count] : from.refused_by) into.refused_by[word] += count;
    if (from.problem.empty()) return;
    into.problem += (into.problem.empty() ? "" : "; ") + run.name + ": " + from.problem;
}

void add(result& into, const named_result& run) {
    const auto& from = run.value;
    merge_options(into, from);
    for (const auto& each : from.machines) {
        // Two runs of one machine are no second machine.
        const auto same = std::find(into.machines.begin(), into.machines.end(), each);
        if (same == into.machines.end()) into.machines.push_back(each);
    }
    into.started = std::min(into.started, from.started);
    into.tls = into.tls || from.tls;
    add_measured(into, from);
    merge_samples(into.sample, run);
    if (into.goals != from.goals) {
        into.goals = shown(into.goals, "(none)");
        join(into.goals, shown(from.goals, "(none)"));
    }
}

verdict worst_of(std::span<const named_result> runs) {
    std::vector<const named_result*> by_weight;
    for (const auto& each : runs) by_weight.push_back(&each);
    // verdict_kind is in the order of its weight.
    std::stable_sort(by_weight.begin(), by_weight.end(), [](const auto* a, const auto* b) {
        return a->value.verdict.kind > b->value.verdict.kind;
    });
    verdict merged;
    merged.kind = by_weight.front()->value.verdict.kind;
    for (const auto* run : by_weight) {
        for (const auto& reason : run->value.verdict.reasons) {
            merged.reasons.push_back(run->name + ": " + reason);
        }
    }
    return merged;
}

}  // namespace

void add_measured(result& into, const result& from) {
    into.measured = std::max(into.measured, from.measured);
    into.behind = std::max(into.behind, from.behind);
    into.warm_up_requests += from.warm_up_requests;
    into.warm_up_errors += from.warm_up_errors;
    into.counts.merge(from.counts);
    into.good_in_time += from.good_in_time;
    into.left_in_flight += from.left_in_flight;
    into.latency.merge(from.latency);
    into.service.merge(from.service);
    into.handshake.merge(from.handshake);
    merge_time_lines(into.time_line, from.time_line);
    merge_self(into.self, from.self);
}

relayauth::result<load::result, std::string> merge(std::span<const named_result> runs) {
    if (runs.empty()) return std::string("there is no result to show");
    auto merged = runs.front().value;
    if (runs.size() == 1) return merged;
    merged.sample.problem.clear();
    if (const auto& problem = runs.front().value.sample.problem; !problem.empty()) {
        merged.sample.problem = runs.front().name + ": " + problem;
    }
    for (const auto& run : runs.subspan(1)) {
        if (auto why = difference(runs.front(), run)) return *std::move(why);
        add(merged, run);
    }
    merged.verdict = worst_of(runs);
    return merged;
}

}  // namespace relayauth::load
