#include "relayauth/base/json.hpp"
#include "relayauth/base/printable.hpp"
#include "relayauth/base/utf8.hpp"
#include "relayauth/load/json_number.hpp"
#include "relayauth/load/result_json.hpp"
#include "relayauth/load/verdict_word.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relayauth::load {
namespace {

using counts_by_word = std::map<std::string, std::uint64_t>;
using words_by_name = std::vector<std::pair<std::string, std::string>>;

// JSON is UTF-8; what is none stays readable and different from other such words.
std::string utf8(const std::string& text) {
    return is_utf8(text) ? text : printable(text);
}

std::string micros(std::chrono::nanoseconds value) {
    return json_decimal(value.count(), 3);
}

std::string seconds(std::chrono::nanoseconds value) {
    return json_decimal(value.count(), 9);
}

// A sum has no fraction, but may be too large for any integer type.
std::string sum_of(const histogram& from) {
    constexpr double exact_below = 9e15;
    if (from.sum_ns() >= exact_below) return json_real(from.sum_ns());
    return std::to_string(std::llround(from.sum_ns()));
}

// A coarse or a fine histogram's filled buckets, as [index,count].
template <class Buckets>
std::string pairs(const Buckets& buckets) {
    std::string list;
    for (const auto& [index, count] : buckets) {
        list +=
            (list.empty() ? "[" : ",[") + std::to_string(index) + ',' + std::to_string(count) + ']';
    }
    return '[' + list + ']';
}

std::string of(const histogram& from) {
    json_object raw;
    raw.add("min_ns", std::int64_t{from.min().count()})
        .add("max_ns", std::int64_t{from.max().count()})
        .add_raw("sum_ns", sum_of(from))
        .add_raw("buckets", pairs(from.buckets()));
    json_object all;
    all.add("count", from.count()).add_raw("mean_us", micros(from.mean()));
    for (const auto& [name, percent] : {std::pair{"p50_us", 50.0},
                                        {"p90_us", 90.0},
                                        {"p99_us", 99.0},
                                        {"p99.9_us", 99.9},
                                        {"p99.99_us", 99.99}}) {
        all.add_raw(name, micros(from.percentile(percent)));
    }
    return all.add_raw("max_us", micros(from.max())).add_raw("histogram", raw.text()).text();
}

std::string of(const counts_by_word& from) {
    counts_by_word by_text;
    for (const auto& [word, count] : from) by_text[utf8(word)] += count;
    json_object all;
    for (const auto& [word, count] : by_text) all.add(word, count);
    return all.text();
}

// A name that comes twice, such as an option that may be repeated, has both values in one: JSON
// readers keep only one member of a name.
std::string of(const words_by_name& from) {
    words_by_name once;
    for (const auto& [raw_name, raw_value] : from) {
        const auto name = utf8(raw_name);
        const auto same = std::find_if(once.begin(), once.end(),
                                       [&name](const auto& each) { return each.first == name; });
        if (same == once.end()) {
            once.emplace_back(name, utf8(raw_value));
        } else {
            same->second += ", " + utf8(raw_value);
        }
    }
    json_object all;
    for (const auto& [name, value] : once) all.add(name, value);
    return all.text();
}

std::string of(const std::vector<words_by_name>& machines) {
    std::vector<std::string> list;
    for (const auto& each : machines) list.push_back(of(each));
    return json_array(list);
}

std::string requests_of(const tally& counts) {
    json_object all;
    all.add("planned", counts.planned());
    for (std::size_t i = 0; i < outcome_count; ++i) {
        all.add(to_text(static_cast<outcome>(i)), counts.outcomes[i]);
    }
    return all.text();
}

std::string incidents_of(const tally& counts) {
    json_object all;
    for (std::size_t i = 0; i < incident_count; ++i) {
        all.add(to_text(static_cast<incident>(i)), counts.incidents[i]);
    }
    return all.text();
}

std::string warm_up_of(const result& from) {
    return json_object()
        .add("requests", from.warm_up_requests)
        .add("errors", from.warm_up_errors)
        .text();
}

std::string rate_of(const result& from) {
    return json_object()
        .add_raw("planned", json_real(from.planned_rate()))
        .add_raw("achieved", json_real(from.rate()))
        .add_raw("handshakes", json_real(from.handshakes_per_second()))
        .text();
}

std::string time_line_of(const result& from) {
    std::vector<std::string> steps;
    for (const auto& each : from.time_line) {
        steps.push_back(json_object()
                            .add("planned", each.planned)
                            .add("good", each.good)
                            .add("errors", each.errors)
                            .add("handshakes", each.handshakes)
                            .add_raw("latency", pairs(each.latency))
                            .text());
    }
    return json_object()
        .add_raw("interval_seconds", seconds(from.interval_length))
        .add_raw("intervals", json_array(steps))
        .text();
}

std::string of(const self_watch& from) {
    return json_object()
        .add_raw("cpu_share", json_real(from.cpu_share))
        .add_raw("waited_share", json_real(from.waited_share))
        .add("sent_late", from.sent_late)
        .add_raw("longest_stall_ms", json_decimal(from.longest_stall.count(), 6))
        .add_raw("lag", of(from.lag))
        .add("out_of_ports", from.out_of_ports)
        .text();
}

std::string of(const sample_check& from) {
    return json_object()
        .add("validated", from.validated)
        .add_raw("refused_by", of(from.refused_by))
        .add("problem", utf8(from.problem))
        .text();
}

std::string of(const verdict& from) {
    std::vector<std::string> reasons;
    for (const auto& each : from.reasons) reasons.push_back(json_text(utf8(each)));
    return json_object()
        .add("kind", to_text(from.kind))
        .add_raw("reasons", json_array(reasons))
        .text();
}

}  // namespace

std::string write_json(const result& from) {
    json_object all(",\n");
    all.add("format", result_format)
        .add_raw("options", of(from.options))
        .add_raw("machines", of(from.machines))
        .add("started", std::int64_t{from.started.time_since_epoch().count()})
        .add_raw("measured_seconds", seconds(from.measured))
        .add("closed_loop", from.closed_loop)
        .add("tls", from.tls)
        .add_raw("warm_up", warm_up_of(from))
        .add_raw("requests", requests_of(from.counts))
        .add_raw("incidents", incidents_of(from.counts))
        .add_raw("refused_by", of(from.counts.refused_by))
        .add_raw("wrong_by", of(from.counts.wrong_by))
        .add_raw("rate", rate_of(from))
        .add_raw("latency", of(from.latency))
        .add_raw("service", of(from.service))
        .add_raw("handshake", of(from.handshake))
        .add_raw("time_line", time_line_of(from))
        .add("good_in_time", from.good_in_time)
        .add("left_in_flight", from.left_in_flight)
        .add_raw("behind_seconds", seconds(from.behind))
        .add_raw("self", of(from.self))
        .add_raw("sample", of(from.sample))
        .add("goals", utf8(from.goals))
        .add_raw("verdict", of(from.verdict));
    return all.text() + '\n';
}

}  // namespace relayauth::load
