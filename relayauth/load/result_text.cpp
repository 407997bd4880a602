#include "relayauth/load/result_text.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/base/utf8.hpp"
#include "relayauth/load/figures.hpp"
#include "relayauth/load/verdict_word.hpp"
#include "relayauth/load/wording.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace relayauth::load {
namespace {

constexpr std::size_t columns = 80;
constexpr std::size_t label_width = 13;
constexpr std::size_t figure_width = 11;
constexpr std::size_t most_reasons = 10;

std::string padded(std::string_view text, std::size_t width) {
    std::string out(text);
    const auto used = utf8_length(text);
    out.append(used < width ? width - used : 1, ' ');
    return out;
}

std::string right(std::string_view text, std::size_t width) {
    const auto used = utf8_length(text);
    return std::string(used < width ? width - used : 1, ' ').append(text);
}

// The first `most` characters of well-formed UTF-8, cut after a space where there is one.
std::string_view first_line(std::string_view text, std::size_t most) {
    if (utf8_length(text) <= most) return text;
    std::size_t end = 0;
    std::size_t after_space = 0;
    for (std::size_t count = 0; end < text.size(); ++end) {
        const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0u) != 0x80u;
        if (begins && count++ == most) break;
        if (text[end] == ' ') after_space = end + 1;
    }
    return text.substr(0, after_space > 0 ? after_space : end);
}

// A label, and text that is broken to stay within its column.
void add_line(std::string& out, std::string_view label, std::string_view text) {
    auto begin = padded(label, label_width);
    do {
        const auto line = first_line(text, columns - label_width);
        out += begin.append(line);
        out.erase(out.find_last_not_of(' ') + 1);
        out += '\n';
        text.remove_prefix(line.size());
        begin.assign(label_width, ' ');
    } while (!text.empty());
}

void add_counts(std::string& out, const counted_words& counts, std::string_view label) {
    for (const auto& [word, count] : counts) {
        add_line(out, label, right(count_figure(count), figure_width) + "  " + word);
        label = "";
    }
}

std::string run_line(const result& from) {
    auto line = utc_text(wall_time::from_unix(from.started.time_since_epoch())) + ", " +
                duration_figure(from.measured) + ", " +
                (from.closed_loop ? "closed loop" : "open loop") + (from.tls ? ", TLS" : ", TCP");
    if (from.machines.size() > 1) line += ", " + count_figure(from.machines.size()) + " machines";
    if (from.warm_up_requests > 0) {
        line += "; warm-up: " + count_figure(from.warm_up_requests) + " requests, " +
                count_figure(from.warm_up_errors) + " errors";
    }
    return line;
}

void add_outcomes(std::string& out, const tally& counts) {
    const auto planned = counts.planned();
    add_line(out, "requests", right(count_figure(planned), figure_width) + "  planned");
    const auto add = [&](std::string_view word, std::uint64_t count, std::string_view words) {
        auto line = right(count_figure(count), figure_width) + "  " + padded(word, 12) +
                    right(share_figure(count, planned), 9) + "  ";
        add_line(out, "", line.append(words));
    };
    for (std::size_t i = 0; i < outcome_count; ++i) {
        const auto which = static_cast<outcome>(i);
        if (which == outcome::good || counts[which] > 0) {
            add(to_text(which), counts[which], meaning(which));
        }
    }
    for (const auto which : {incident::repeated, incident::unasked}) {
        if (counts[which] > 0) add(to_text(which), counts[which], meaning(which));
    }
}

void add_latencies(std::string& out, const result& from) {
    constexpr std::array percents{50.0, 90.0, 99.0, 99.9, 99.99};
    auto heads = std::string();
    for (const auto* head : {"p50", "p90", "p99", "p99.9", "p99.99", "max"}) {
        heads += right(head, figure_width);
    }
    add_line(out, "", heads);
    const auto add = [&](std::string_view label, const histogram& of) {
        if (of.count() == 0) return add_line(out, label, right("none", figure_width));
        std::string figures;
        for (const auto percent : percents) {
            figures += right(duration_figure(of.percentile(percent)), figure_width);
        }
        add_line(out, label, figures + right(duration_figure(of.max()), figure_width));
    };
    add("latency", from.latency);
    add("service", from.service);
    if (from.tls || from.handshake.count() > 0) add("handshake", from.handshake);
    if (from.closed_loop) add_line(out, "", closed_loop_note);
}

std::string rate_line(const result& from) {
    auto line = rate_figure(from.planned_rate()) + "/s planned, " + rate_figure(from.rate()) +
                "/s achieved";
    if (from.behind.count() > 0) {
        line += ", " + duration_figure(from.behind) + " behind at the end";
    }
    return line;
}

}  // namespace

std::string result_text(const result& from) {
    std::string out;
    add_line(out, "run", run_line(from));
    add_outcomes(out, from.counts);
    add_line(out, "rate", rate_line(from));
    add_latencies(out, from);
    add_counts(out, by_count(from.counts.refused_by, most_reasons), "refused by");
    add_counts(out, by_count(from.counts.wrong_by, most_reasons), "wrong by");
    add_line(out, "connections", connections_line(from));
    add_line(out, "sample", sample_line(from));
    add_line(out, "generator", generator_line(from));
    if (!from.goals.empty()) add_line(out, "goals", safe_text(from.goals));
    std::string verdict(to_text(from.verdict.kind));
    const auto& reasons = from.verdict.reasons;
    for (std::size_t i = 0; i < std::min(reasons.size(), most_reasons); ++i) {
        verdict += (i == 0 ? ": " : "; ") + safe_text(reasons[i]);
    }
    add_line(out, "verdict", verdict);
    return out;
}

}  // namespace relayauth::load
