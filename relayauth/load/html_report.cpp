#include "relayauth/load/html_report.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/load/bar_table.hpp"
#include "relayauth/load/figures.hpp"
#include "relayauth/load/html_style.hpp"
#include "relayauth/load/html_tables.hpp"
#include "relayauth/load/html_text.hpp"
#include "relayauth/load/result_charts.hpp"
#include "relayauth/load/verdict_word.hpp"
#include "relayauth/load/wording.hpp"

#include <algorithm>

namespace relayauth::load {
namespace {

std::string_view mood_of(verdict_kind kind) {
    switch (kind) {
        case verdict_kind::good:
            return "good";
        case verdict_kind::interrupted:
        case verdict_kind::invalid:
            return "doubt";
        case verdict_kind::errors:
        case verdict_kind::missed:
        case verdict_kind::overloaded:
        case verdict_kind::faulty:
            return "bad";
    }
    return "doubt";
}

// What the word means, for those who read their first report.
std::string_view meaning(verdict_kind kind, bool goals) {
    switch (kind) {
        case verdict_kind::good:
            return goals ? "every goal was met" : "nothing went wrong";
        case verdict_kind::interrupted:
            return "the run was cut short";
        case verdict_kind::errors:
            return "requests failed";
        case verdict_kind::missed:
            return "a goal was missed";
        case verdict_kind::overloaded:
            return "the server could not keep up with the plan";
        case verdict_kind::faulty:
            return "the answers cannot be relied on";
        case verdict_kind::invalid:
            return "this run says nothing about the server";
    }
    return "";
}

std::string verdict_of(const result& from) {
    constexpr std::size_t most = 20;
    const auto& reasons = from.verdict.reasons;
    auto out =
        "<section class=\"verdict " + std::string(mood_of(from.verdict.kind)) +
        "\" aria-label=\"Verdict\"><strong>Verdict: " + std::string(to_text(from.verdict.kind)) +
        "</strong> <span class=\"soft\">" +
        std::string(meaning(from.verdict.kind, !from.goals.empty())) + "</span>\n";
    if (reasons.empty()) return out + "</section>\n";
    out += "<ul>\n";
    for (std::size_t i = 0; i < std::min(most, reasons.size()); ++i) {
        out += "<li>" + html(reasons[i]) + "</li>\n";
    }
    if (reasons.size() > most) out += "<li>" + count_figure(reasons.size() - most) + " more</li>\n";
    return out + "</ul></section>\n";
}

std::string key(std::string_view name, const std::string& value, const std::string& beside) {
    return "<div><dt>" + std::string(name) + "</dt><dd>" + value + "<small>" + beside +
           "</small></dd></div>\n";
}

std::string key_figures(const result& from) {
    const auto planned = from.counts.planned();
    const auto errors = from.counts.errors();
    const auto share = errors > planned ? std::string("more than were planned")
                                        : html(share_figure(errors, planned)) + " of the planned";
    const bool none = from.latency.count() == 0;
    const auto latency = [&](std::string_view name, double percent, const std::string& beside) {
        return none ? key(name, "&ndash;", "no answers")
                    : key(name, html_duration(from.latency.percentile(percent)), beside);
    };
    return "<dl class=\"key\">\n" +
           key("Good answers", rate_figure(from.rate()) + "/s",
               "planned: " + rate_figure(from.planned_rate()) + "/s") +
           key("Requests", count_figure(planned),
               count_figure(from.counts[outcome::good]) + " good") +
           key("Errors", count_figure(errors), share) +
           latency("Latency p50", 50, "half are slower") +
           latency("Latency p99", 99, "1 in 100 is slower") +
           latency("Latency p99.9", 99.9, "1 in 1,000 is slower") +
           key("Largest latency", none ? "&ndash;" : html_duration(from.latency.max()),
               none ? "no answers" : "of all answers") +
           "</dl>\n";
}

std::string figure(const svg_chart& chart, std::string_view caption) {
    return "<figure><h2>" + chart.title + "</h2>\n" + draw(chart) + "<figcaption>" +
           std::string(caption) + "</figcaption></figure>\n";
}

std::string left_column(const result& from) {
    // Below each other, so that one moment has the same place in both.
    return figure(throughput_chart(from),
                  "Requests where they were planned, answers where they came. A bar stands for "
                  "errors, and is never too low to be seen.") +
           figure(latency_chart(from), "Of the answers that came in each step. A gap: none came.") +
           outcome_table(from) + incident_table(from) + option_table(from) + machine_table(from);
}

std::string right_column(const result& from) {
    const std::string since =
        from.closed_loop ? "Both count from the moment a request was sent."
                         : "Latency counts from the moment a request was planned for, service from "
                           "the moment it was sent.";
    return figure(
               percentile_chart(from),
               since + " Both scales are logarithmic: each step to the right is ten times rarer.") +
           latency_table(from) +
           bar_table("Why requests were refused", "reason", from.counts.refused_by) +
           bar_table("What was wrong with wrong answers", "what", from.counts.wrong_by) +
           bar_table("Why sampled credentials were refused", "reason", from.sample.refused_by) +
           generator_table(from);
}

std::string head_of(const result& from, const std::string& title) {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
           "style-src 'unsafe-inline'\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
           title + ": " + std::string(to_text(from.verdict.kind)) + "</title>\n<style>" +
           std::string(colour_style()) + std::string(chart_style()) + std::string(html_style()) +
           "</style>\n</head>\n";
}

std::string when_and_how(const result& from) {
    auto line = utc_text(wall_time::from_unix(from.started.time_since_epoch())) + ", " +
                html_duration(from.measured) + (from.tls ? ", TLS, " : ", TCP, ") +
                (from.closed_loop ? "closed loop" : "open loop");
    if (from.machines.size() > 1) line += ", " + count_figure(from.machines.size()) + " machines";
    if (from.warm_up_requests > 0) {
        line += "; before that a warm-up of " + count_figure(from.warm_up_requests) +
                " requests with " + count_figure(from.warm_up_errors) +
                " errors, which is not counted";
    }
    return "<p class=\"soft\">" + line + "</p>\n";
}

}  // namespace

std::string html_report(const result& from) {
    auto out = head_of(from, "relayauth load") + "<body>\n<main>\n<header>\n<h1>Load run</h1>\n" +
               when_and_how(from) + "</header>\n" + verdict_of(from) + key_figures(from);
    if (from.closed_loop) out += "<p class=\"caveat\">" + std::string(closed_loop_note) + "</p>\n";
    out += "<div class=\"two\">\n<div>\n" + left_column(from) + "</div>\n<div>\n" +
           right_column(from) + "</div>\n</div>\n<footer class=\"soft\"><p>";
    if (!from.closed_loop) {
        out +=
            "Latency counts from the moment a request was planned for, so it includes the "
            "waiting that a slow server causes; service time does not. ";
    }
    return out +
           "p99 is what 99 % of all answers did not exceed. Values are off by no more than 0.1 %, "
           "those over time by 3 %.</p></footer>\n</main>\n</body>\n</html>\n";
}

}  // namespace relayauth::load
