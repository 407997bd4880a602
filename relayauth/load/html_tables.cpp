#include "relayauth/load/html_tables.hpp"

#include "relayauth/load/figures.hpp"
#include "relayauth/load/html_text.hpp"
#include "relayauth/load/wording.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

namespace relayauth::load {
namespace {

// A wide table scrolls in its own box, which the keyboard can reach too, and not the page.
std::string table(std::string_view caption, const std::string& head, const std::string& rows) {
    if (rows.empty()) return {};
    return "<div class=\"box\" tabindex=\"0\" role=\"group\" aria-label=\"" + std::string(caption) +
           "\"><table><caption>" + std::string(caption) + "</caption>\n" +
           (head.empty() ? "" : "<thead><tr>" + head + "</tr></thead>\n") + "<tbody>\n" + rows +
           "</tbody></table></div>\n";
}

std::string head(std::string_view words, bool number = false) {
    return "<th scope=\"col\"" + std::string(number ? " class=\"n\"" : "") + ">" +
           std::string(words) + "</th>";
}

std::string row_head(const std::string& words) {
    return "<th scope=\"row\">" + words + "</th>";
}

std::string cell(std::string_view content) {
    return "<td>" + std::string(content) + "</td>";
}

std::string figure(const std::string& content) {
    return "<td class=\"n\">" + content + "</td>";
}

std::string row(const std::string& cells) {
    return "<tr>" + cells + "</tr>\n";
}

std::string pair_row(std::string_view name, const std::string& value) {
    return row(row_head(std::string(name)) + figure(value));
}

// A word with its meaning below it, as a row's head.
std::string explained(std::string_view word, std::string_view words) {
    return row_head(std::string(word) + "<small>" + std::string(words) + "</small>");
}

}  // namespace

std::string latency_table(const result& from) {
    std::vector<const histogram*> shown;
    std::string heads = "<td></td>";
    for (const auto& [name, of] : {std::pair{"latency", &from.latency},
                                   {"service", &from.service},
                                   {"handshake", &from.handshake}}) {
        if (of->count() == 0) continue;
        shown.push_back(of);
        heads += head(name, true);
    }
    if (shown.empty()) return {};
    std::string rows;
    const auto add = [&](const char* name, auto value_of) {
        auto cells = row_head(name);
        for (const auto* of : shown) cells += figure(value_of(*of));
        rows += row(cells);
    };
    using named_percent = std::pair<const char*, double>;
    for (const auto& each :
         {named_percent{"p50", 50}, {"p90", 90}, {"p99", 99}, {"p99.9", 99.9}, {"p99.99", 99.99}}) {
        add(each.first,
            [&each](const histogram& of) { return html_duration(of.percentile(each.second)); });
    }
    add("max", [](const histogram& of) { return html_duration(of.max()); });
    add("mean", [](const histogram& of) { return html_duration(of.mean()); });
    add("count", [](const histogram& of) { return count_figure(of.count()); });
    return table("Latency", heads, rows);
}

std::string outcome_table(const result& from) {
    const auto planned = from.counts.planned();
    std::string rows;
    for (std::size_t i = 0; i < outcome_count; ++i) {
        const auto which = static_cast<outcome>(i);
        const auto count = from.counts[which];
        if (which != outcome::good && count == 0) continue;
        rows += row(explained(to_text(which), meaning(which)) + figure(count_figure(count)) +
                    figure(html(share_figure(count, planned))));
    }
    rows += row(row_head("all that were planned") + figure(count_figure(planned)) + figure(""));
    return table("What became of the requests",
                 head("outcome") + head("requests", true) + head("share", true), rows);
}

std::string incident_table(const result& from) {
    std::string rows;
    for (std::size_t i = 0; i < incident_count; ++i) {
        const auto which = static_cast<incident>(i);
        if (from.counts[which] == 0) continue;
        rows += row(explained(to_text(which), meaning(which)) +
                    figure(count_figure(from.counts[which])));
    }
    return table("What else happened", head("incident") + head("count", true), rows);
}

std::string generator_table(const result& from) {
    const auto& self = from.self;
    const auto percent = std::llround(std::clamp(self.cpu_share * 100, 0.0, 1e9));
    auto rows = pair_row("CPU of its busiest thread", std::to_string(percent) + "&nbsp;%") +
                pair_row("lag behind its own plan, p50", html_duration(self.lag.percentile(50))) +
                pair_row("lag, p99", html_duration(self.lag.percentile(99))) +
                pair_row("lag, largest", html_duration(self.lag.max())) +
                pair_row("longest stall", html_duration(self.longest_stall)) +
                pair_row("requests sent late", count_figure(self.sent_late)) +
                pair_row("behind the plan at the end", html_duration(from.behind));
    if (self.out_of_ports > 0) {
        rows += pair_row("times out of local ports", count_figure(self.out_of_ports));
    }
    return table("The load generator itself", "", rows) +
           table("A sample of its credentials", "", row(cell(html(sample_line(from)))));
}

std::string option_table(const result& from) {
    std::string rows;
    for (const auto& [name, value] : from.options) {
        rows += row(row_head(html(name)) + cell(html(value)));
    }
    if (!from.goals.empty() && rows.find("--expect") == std::string::npos) {
        rows += row(row_head("goals") + cell(html(from.goals)));
    }
    return table("Options", "", rows);
}

std::string machine_table(const result& from) {
    const auto& machines = from.machines;
    std::string rows;
    if (machines.size() == 1) {
        for (const auto& [name, value] : machines.front()) {
            rows += row(row_head(html(name)) + cell(html(value)));
        }
        return table("Machine", "", rows);
    }
    std::vector<std::string> names;
    for (const auto& machine : machines) {
        for (const auto& [name, value] : machine) {
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
    }
    std::string heads;
    for (const auto& name : names) heads += head(html(name));
    for (const auto& machine : machines) {
        std::string cells;
        for (const auto& name : names) {
            const auto found = std::find_if(machine.begin(), machine.end(),
                                            [&](const auto& each) { return each.first == name; });
            cells += "<td class=\"room\">" +
                     (found == machine.end() ? std::string() : html(found->second)) + "</td>";
        }
        rows += row(cells);
    }
    return table("Machines", heads, rows);
}

}  // namespace relayauth::load
